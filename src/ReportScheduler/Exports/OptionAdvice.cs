using ReportScheduler.Exports.Writing;
using ReportScheduler.Text;

namespace ReportScheduler.Exports;

/// <summary>Says which options of a task its files will not follow. The task is valid all the same.</summary>
internal static class OptionAdvice
{
    /// <returns>A sentence for each kind of trouble.</returns>
    public static IEnumerable<string> Of(ReportTask task)
    {
        var makesWorkbook = ExportFormats.Of(task).Any(format => format.TakesTemplate);
        if (makesWorkbook && task.Template is not null
            && Join(task, "Total", "Highlight", "Chart", "ColumnWidth", "GroupBy") is { Length: > 0 } design)
        {
            yield return $"The workbook looks as its template does, so {design} {Do(design)} nothing in it. "
                + "Put what it shall show into the template.";
        }

        if (!makesWorkbook && Join(task, "Template", "TableName", "TitleRows") is { Length: > 0 } workbook)
        {
            yield return $"The task makes no workbook, so {workbook} {Do(workbook)} nothing. "
                + $"Add {Names(format => format.TakesTemplate)} to -Format, or leave {(Do(workbook) == "do" ? "them" : "it")} out.";
        }

        var mailsRows = task.HasRecipients && task.MailRows != 0 && (task.MailContent is [] || task.MailContent.Contains(MailPart.Table));
        if (IsGiven(task, "Highlight") && !mailsRows && !ExportFormats.Of(task).Any(format => format.ShowsMarks))
        {
            yield return "The task makes no file with colours, so -Highlight does nothing. "
                + $"Add {Names(format => format.ShowsMarks)} to -Format, or leave it out.";
        }

        if (!makesWorkbook && IsGiven(task, "SheetPerGroup"))
        {
            yield return $"The task makes no workbook, so -SheetPerGroup does nothing. Add {Names(format => format.TakesTemplate)} to "
                + "-Format, or leave it out.";
        }

        if (makesWorkbook && task.Template is null && IsGiven(task, "TableName"))
        {
            yield return "-TableName names a table of a template, and the task has none. Give -Template, or leave -TableName out.";
        }
    }

    private static string Join(ReportTask task, params string[] options)
    {
        var given = options.Where(option => IsGiven(task, option)).Select(option => "-" + option).ToList();
        return given.Count < 2 ? string.Concat(given) : string.Join(", ", given[..^1]) + " and " + given[^1];
    }

    private static bool IsGiven(ReportTask task, string option) => option switch
    {
        "Total" => Columns(task).Any(column => column.Total != ColumnTotal.None),
        "Chart" => task.Datasets.Any(dataset => dataset.Charts.Length > 0),
        "GroupBy" => task.Datasets.Any(dataset => dataset.GroupBy.Length > 0),
        "SheetPerGroup" => task.Datasets.Any(dataset => dataset.SheetPerGroup),
        "ColumnWidth" => Columns(task).Any(column => column.Width is not null),
        "Highlight" => Columns(task).Any(column => column.Highlight.Length > 0),
        "Template" => task.Template is not null,
        "TableName" => task.Datasets.Any(dataset => dataset.TableName is not null),
        _ => task.TitleRows,
    };

    private static IEnumerable<ReportColumn> Columns(ReportTask task) => task.Datasets.SelectMany(dataset => dataset.Columns);

    private static string Names(Func<ExportFormat, bool> can) =>
        EnglishText.List(ExportFormats.All.Where(can).Select(format => format.Name), "or");

    private static string Do(string options) => options.Contains(' ', StringComparison.Ordinal) ? "do" : "does";
}
