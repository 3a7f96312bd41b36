using System.Collections;
using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Takes charts as New-ReportChart gives them, as dictionaries of their properties, or words for their kinds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChartTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return NotGiven.Unwrapped(inputData) switch
            {
                null => null,
                IEnumerable several and not string and not IDictionary => several.Cast<object?>().Select(Chart).ToArray(),
                var given when NotGiven.IsEmptyCell(given) => null,
                var given => new[] { Chart(given) },
            };
        }
        catch (ReportException problem)
        {
            throw new ArgumentTransformationMetadataException(problem.Message, problem);
        }
    }

    private static ReportChart Chart(object? given) => NotGiven.Unwrapped(given) switch
    {
        ChartKind kind => new ReportChart { Kind = kind },
        string word when ChartConversion.Kind(word.Trim()) is { } kind => new ReportChart { Kind = kind },
        var one => PartConversion.ToChart(one) ?? throw CommandErrors.NotAChart($"{one}"),
    };
}
