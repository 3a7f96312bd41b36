using System.Management.Automation;
using ReportScheduler.Sources;

namespace ReportScheduler.Commands;

/// <summary>Takes a kind of database by its name or by another one that people use, such as postgres or MariaDb.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ProviderTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return NotGiven.Unwrapped(inputData) is { } given && !NotGiven.IsEmptyCell(given)
                ? DatabaseProviders.Named($"{given}").Name
                : null;
        }
        catch (ReportException problem)
        {
            throw new ArgumentTransformationMetadataException(problem.Message, problem);
        }
    }
}
