using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Takes SQL text, or datasets as New-ReportDataset gives them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RecipientsTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly DatasetTransformationAttribute datasets = new();

    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => NotGiven.Unwrapped(inputData) switch
    {
        string { Length: > 0 } text => new[] { new ReportDataset { Query = text } },
        object?[] { Length: > 0 } several when several.All(each => NotGiven.Unwrapped(each) is string { Length: > 0 }) =>
            several.Select(each => new ReportDataset { Query = (string)NotGiven.Unwrapped(each)! }).ToArray(),
        _ => datasets.Transform(engineIntrinsics, inputData),
    };
}
