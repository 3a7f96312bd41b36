using System.Collections;
using System.Management.Automation;
using ReportScheduler.Tasks;

namespace ReportScheduler.Commands;

/// <summary>Takes report formats by their names or by the extensions of their files, such as xlsx.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormatTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return Unwrapped(inputData) switch
            {
                null => null,
                string text => Of(text),
                IEnumerable several => several.Cast<object?>().Select(Of).ToArray(),
                var one => Of(one),
            };
        }
        catch (ReportException problem)
        {
            throw new ArgumentTransformationMetadataException(problem.Message, problem);
        }
    }

    private static ReportFormat Of(object? given) => Unwrapped(given) is ReportFormat format ? format : FileNames.FormatOf($"{given}");

    private static object? Unwrapped(object? given) => given is PSObject wrapped ? wrapped.BaseObject : given;
}
