using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Takes a chart as New-ReportChart gives it, or the word for its kind.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChartTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => NotGiven.Unwrapped(inputData) switch
    {
        null => null,
        ChartKind kind => new ReportChart { Kind = kind },
        var given when NotGiven.IsEmptyCell(given) => null,
        var given when PartConversion.ToChart(given) is { } chart => chart,
        string word when Enum.TryParse<ChartKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            && !char.IsAsciiDigit(word[0]) => new ReportChart { Kind = kind },
        var given => throw Refused(given),
    };

    private static ArgumentTransformationMetadataException Refused(object given)
    {
        var problem = CommandErrors.NotAChart($"{given}");
        return new ArgumentTransformationMetadataException(problem.Message, problem);
    }
}
