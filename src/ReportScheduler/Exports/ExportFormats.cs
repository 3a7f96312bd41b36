using ReportScheduler.Exports.Csv;
using ReportScheduler.Exports.Excel;
using ReportScheduler.Exports.Html;
using ReportScheduler.Exports.Json;
using ReportScheduler.Exports.Pdf;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Kinds;

namespace ReportScheduler.Exports;

/// <summary>The file formats of reports.</summary>
internal static class ExportFormats
{
    public static KindList<ExportFormat> All { get; } = new(
        new(ReportFormat.Excel, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            document => document.Task.Template is null ? new ExcelWriter(document) : new ExcelTemplateWriter(document))
        { ShowsMarks = true, TakesTemplate = true, ExtensionOfTask = task => TemplateBook.HasMacros(task.Template) ? ".xlsm" : null },
        new(ReportFormat.Pdf, ".pdf", "application/pdf", document => new PdfWriter(document)) { ShowsMarks = true },
        new(ReportFormat.Csv, ".csv", "text/csv", document => new CsvWriter(document)) { IsData = true, HasFilePerDataset = true },
        new(ReportFormat.Html, ".html", "text/html", document => new HtmlWriter(document)) { ShowsMarks = true },
        new(ReportFormat.Json, ".json", "application/json", document => new JsonWriter(document)) { IsData = true });

    public static IEnumerable<string> Names => All.Select(format => format.Name);

    public static ExportFormat Of(ReportFormat format)
    {
        foreach (var each in All)
        {
            if (each.Format == format)
            {
                return each;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(format), format, null);
    }

    /// <summary>The formats of a task, each once.</summary>
    public static IEnumerable<ExportFormat> Of(ReportTask task) =>
        task.Format is [var only] ? [Of(only)] : task.Format.Distinct().Select(Of);

    /// <summary>The format of that name; null when there is none. A number is no name.</summary>
    public static ExportFormat? Named(string name) =>
        All.FirstOrDefault(format => format.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The format whose files have that extension, with or without its dot; null when there is none.</summary>
    public static ExportFormat? WithExtension(string extension) =>
        All.FirstOrDefault(
            format => format.Extension.TrimStart('.').Equals(extension.Trim().TrimStart('.'), StringComparison.OrdinalIgnoreCase));
}
