using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ReportScheduler.Exports;
using ReportScheduler.Templates;

namespace ReportScheduler.Commands;

/// <summary>Takes report formats by their names or by the extensions of their files, such as
/// xlsx; several in one text with commas or semicolons between them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormatTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return NotGiven.Unwrapped(inputData) switch
            {
                null => null,
                IEnumerable several and not string => several.Cast<object?>().SelectMany(Of).ToArray(),
                var one => Of(one).ToArray(),
            };
        }
        catch (ReportException problem)
        {
            throw new ArgumentTransformationMetadataException(problem.Message, problem);
        }
    }

    // a cell of a table may hold several, and JSON has the number of one
    private static IEnumerable<ReportFormat> Of(object? given) => NotGiven.Unwrapped(given) switch
    {
        ReportFormat format => [format],
        // a number that is typed is a slip and an int
        long when LanguagePrimitives.TryConvertTo<ReportFormat>(given, CultureInfo.InvariantCulture, out var format)
            && ExportFormats.All.Any(each => each.Format == format) => [format],
        _ when NotGiven.IsEmptyCell(given) => [],
        // with its wrapper, which knows the name of a format that came from another process
        _ =>
            $"{given}".Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(FileNames.FormatOf),
    };
}
