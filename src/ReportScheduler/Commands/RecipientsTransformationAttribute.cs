using System.Management.Automation;
using ReportScheduler.Commands.Scripts;

namespace ReportScheduler.Commands;

/// <summary>Takes SQL text, a script block, or datasets as New-ReportDataset gives them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RecipientsTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly DatasetTransformationAttribute datasets = new();

    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => NotGiven.Unwrapped(inputData) switch
    {
        object?[] { Length: > 0 } several when several.Select(Own).ToList() is var own && own.TrueForAll(each => each is not null) =>
            own.ToArray(),
        var given => Own(given) is { } only ? new[] { only } : datasets.Transform(engineIntrinsics, inputData),
    };

    private static ReportDataset? Own(object? given) => NotGiven.Unwrapped(given) switch
    {
        string { Length: > 0 } text => new ReportDataset { Query = text },
        ScriptBlock script => new ReportDataset { Name = nameof(ReportTask.Recipients), Script = ScriptText.Of(script) },
        _ => null,
    };
}
