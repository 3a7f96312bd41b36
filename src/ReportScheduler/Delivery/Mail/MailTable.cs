using System.Globalization;
using System.Text;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Rows;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The rows of a dataset in a mail, as aligned text and as an HTML table.</summary>
internal static class MailTable
{
    private const int WidestText = 40;

    // A mail that carries whole documents in its table is refused by servers, and read by nobody.
    private const int LongestText = 4000;
    private const string CellStyle = "padding:4px 10px;white-space:nowrap;";
    private const string LongCellStyle = "padding:4px 10px;min-width:240px;max-width:420px;white-space:pre-line;overflow-wrap:anywhere;";

    public static void Plain(StringBuilder text, DatasetPreview dataset, IReadOnlyList<string?[]> rows)
    {
        var widths = dataset.Columns.Select((column, place) =>
            rows.Concat(dataset.Totals).Select(row => OneLine(row[place]).Length).Append(OneLine(column.Header).Length).Max()).ToList();
        Line(text, dataset.Columns, widths, place => OneLine(dataset.Columns[place].Header));
        Line(text, dataset.Columns, widths, place => new string('-', widths[place]));
        foreach (var row in rows)
        {
            Line(text, dataset.Columns, widths, place => OneLine(row[place]));
        }

        if (dataset.Totals.Count > 0)
        {
            Line(text, dataset.Columns, widths, place => new string('-', widths[place]));
            foreach (var total in dataset.Totals)
            {
                Line(text, dataset.Columns, widths, place => OneLine(total[place]));
            }
        }
    }

    public static void Html(StringBuilder html, DatasetPreview dataset, IReadOnlyList<string?[]> rows)
    {
        html.Append("<table cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse;margin:8px 0 4px;font-size:13px\"><thead><tr>");
        foreach (var column in dataset.Columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" style=\"{CellStyle}background:#1f4e79;color:#ffffff;font-weight:600;{Align(column)}\">{MailHtml.Escape(column.Header)}</th>");
        }

        html.Append("</tr></thead><tbody>");
        for (var line = 0; line < rows.Count; line++)
        {
            html.Append(line % 2 == 0 ? "<tr>" : $"<tr class=\"{MailHtml.Stripe}\" style=\"background:#f3f6f9\">");
            foreach (var (column, value) in dataset.Columns.Zip(rows[line]))
            {
                html.Append(CultureInfo.InvariantCulture, $"<td style=\"{Style(value)}border-bottom:1px solid #d9e2ec;vertical-align:top;{Align(column)}\">{MailHtml.Cell(Cut(value, LongestText))}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>");
        if (dataset.Totals.Count > 0)
        {
            html.Append("<tfoot>");
            for (var line = 0; line < dataset.Totals.Count; line++)
            {
                html.Append("<tr>");
                foreach (var (column, value) in dataset.Columns.Zip(dataset.Totals[line]))
                {
                    html.Append(CultureInfo.InvariantCulture, $"<td style=\"{CellStyle}{(line == 0 ? "border-top:2px solid #1f4e79;" : "")}font-weight:600;{Align(column)}\">{MailHtml.Escape(value)}</td>");
                }

                html.Append("</tr>");
            }

            html.Append("</tfoot>");
        }

        html.Append("</table>");
    }

    /// <summary>Names and values, one pair a line.</summary>
    public static string Facts(IEnumerable<(string Name, string? Value)> facts) =>
        "<table cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse;max-width:720px\">"
        + string.Concat(facts.Select(fact =>
            $"<tr><th scope=\"row\" class=\"{MailHtml.Faint}\" style=\"{CellStyle}text-align:left;vertical-align:top;color:#52606d;font-weight:600\">{MailHtml.Escape(fact.Name)}</th>"
            + $"<td style=\"padding:4px 10px;overflow-wrap:anywhere\">{MailHtml.Escape(fact.Value)}</td></tr>"))
        + "</table>";

    private static void Line(StringBuilder text, IReadOnlyList<SourceColumn> columns, List<int> widths, Func<int, string> cell)
    {
        var line = string.Join("  ", columns.Select((column, place) => IsNumber(column) ? cell(place).PadLeft(widths[place]) : cell(place).PadRight(widths[place])));
        text.Append(line.TrimEnd()).Append('\n');
    }

    private static string OneLine(string? value)
    {
        var line = (value ?? "").ReplaceLineEndings(" ").Replace('\t', ' ');
        return Cut(line, WidestText)!;
    }

    private static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)] + "…";

    private static string Style(string? value) =>
        value is not null && (value.Length > WidestText || value.Contains('\n', StringComparison.Ordinal)) ? LongCellStyle : CellStyle;

    private static string Align(SourceColumn column) => IsNumber(column) ? "text-align:right" : "text-align:left";

    private static bool IsNumber(SourceColumn column) => column.Kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Double;
}
