using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Takes a matrix as a dictionary with Rows, Columns, Value and Function.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PivotTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return NotGiven.Unwrapped(inputData) is var given && NotGiven.IsEmptyCell(given) ? null : PivotConversion.ToPivot(given);
        }
        catch (ReportException problem)
        {
            throw new ArgumentTransformationMetadataException(problem.Message, problem);
        }
    }
}
