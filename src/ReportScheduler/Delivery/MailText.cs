using System.Globalization;
using System.Net;
using System.Text;
using ReportScheduler.Exports;
using ReportScheduler.Tasks;

namespace ReportScheduler.Delivery;

/// <summary>What stands in a mail: the task's text, then the first rows of each dataset, as plain text and as HTML.</summary>
internal sealed class MailText
{
    /// <summary>Beside attachments the rows are a taste.</summary>
    private const int RowsWithFiles = 20;

    private const string DefaultBody =
        "{{ task.name }}{% if task.description %}: {{ task.description }}{% endif %}\n\n"
        + "{% if run.rows == 0 %}There are no rows{% elsif run.rows == 1 %}There is 1 row{% else %}There are {{ run.rows }} rows{% endif %}"
        + " as of {{ run.due_at | date: '%Y-%m-%d %H:%M' }} ({{ task.time_zone }}).";

    private const string Style =
        "body{font:14px/1.5 Segoe UI,Helvetica,Arial,sans-serif;color:#1f2933}"
        + "table{border-collapse:collapse;margin:8px 0 4px}"
        + "th{background:#1f4e79;color:#fff;text-align:left;padding:4px 10px;font-weight:600;white-space:nowrap}"
        + "td{padding:3px 10px;border-bottom:1px solid #d9e2ec}td.n{text-align:right;white-space:nowrap}th.n{text-align:right}"
        + ".s{color:#627d98;font-size:12px}";

    private readonly ReportTask task;
    private readonly ExportResult export;
    private readonly string body;
    private readonly string? redirected;

    public MailText(ReportTask task, TemplateModel model, ExportResult export, string? redirectTo)
    {
        this.task = task;
        this.export = export;
        body = ReportTemplate.Parse(task.Body ?? DefaultBody, nameof(task.Body)).Render(model);
        redirected = redirectTo is null ? null
            : $"Redirected to {redirectTo}. It would have gone to {string.Join(", ", task.To.Concat(task.Cc).Concat(task.Bcc))}.";
    }

    public string Plain()
    {
        var text = new StringBuilder();
        text.AppendLine(task.BodyAsHtml && task.Body is not null ? $"{task.Name}: this report is in the HTML part and the attachments." : body);
        if (redirected is not null)
        {
            text.AppendLine().AppendLine(redirected);
        }

        foreach (var dataset in export.Datasets.Where(dataset => dataset.Rows > 0))
        {
            text.AppendLine();
            if (export.Datasets.Count > 1)
            {
                text.AppendLine(dataset.Name);
            }

            text.AppendLine(string.Join('\t', dataset.Columns.Select(column => column.Header)));
            foreach (var row in Shown(dataset))
            {
                text.AppendLine(string.Join('\t', row.Select(cell => OneLine(cell))));
            }

            if (Rest(dataset) is { } rest)
            {
                text.AppendLine(rest);
            }
        }

        return text.ToString();
    }

    public string Html()
    {
        var html = new StringBuilder($"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>{Style}</style></head><body>");
        html.Append(task.BodyAsHtml && task.Body is not null ? body : $"<p>{Escape(body).Replace("\n", "<br>", StringComparison.Ordinal)}</p>");
        if (redirected is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"s\">{Escape(redirected)}</p>");
        }

        foreach (var dataset in export.Datasets.Where(dataset => dataset.Rows > 0))
        {
            Table(html, dataset);
        }

        return html.Append("</body></html>").ToString();
    }

    private void Table(StringBuilder html, DatasetPreview dataset)
    {
        if (export.Datasets.Count > 1)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{Escape(dataset.Name)}</h3>");
        }

        html.Append("<table><thead><tr>");
        foreach (var column in dataset.Columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th{Class(column)}>{Escape(column.Header)}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in Shown(dataset))
        {
            html.Append("<tr>");
            for (var place = 0; place < row.Length; place++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<td{Class(dataset.Columns[place])}>{Escape(row[place])}</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
        if (Rest(dataset) is { } rest)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"s\">{Escape(rest)}</p>");
        }
    }

    private IEnumerable<string?[]> Shown(DatasetPreview dataset) => dataset.FirstRows.Take(export.Files.Count > 0 ? RowsWithFiles : int.MaxValue);

    private string? Rest(DatasetPreview dataset)
    {
        var rest = dataset.Rows - Shown(dataset).Count();
        return rest == 0 ? null : $"{rest} more rows {(export.Files.Count > 0 ? "are in the attached files" : "are not shown; give the task a -Format to send them as a file")}.";
    }

    private static string Class(ReportColumn column) =>
        column.Kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Double ? " class=\"n\"" : "";

    private static string Escape(string? text) => WebUtility.HtmlEncode(text) ?? "";

    private static string OneLine(string? text) => text?.ReplaceLineEndings(" ").Replace('\t', ' ') ?? "";
}
