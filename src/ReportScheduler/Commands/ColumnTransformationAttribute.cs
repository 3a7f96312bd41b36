using System.Collections;
using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Takes columns as New-ReportColumn gives them, also from another process or from JSON.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => NotGiven.Unwrapped(inputData) switch
    {
        null => null,
        IEnumerable several and not string and not IDictionary => several.Cast<object?>().Select(Column).ToArray(),
        var given when NotGiven.IsEmptyCell(given) => null,
        var given => new[] { Column(given) },
    };

    private static ReportColumn Column(object? given)
    {
        try
        {
            return PartConversion.ToColumn(given) ?? throw CommandErrors.NotAColumn($"{given}");
        }
        catch (ReportException problem)
        {
            throw new ArgumentTransformationMetadataException(problem.Message, problem);
        }
    }
}
