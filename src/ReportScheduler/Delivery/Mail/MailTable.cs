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
            rows.Where(_ => !dataset.Keys.Contains(place)).Concat(dataset.Totals).Concat(Lines(dataset, rows.Count).Where(line => line.IsTotal || place > 0).Select(line => line.Texts)).Select(row => OneLine(row[place]).Length).Append(OneLine(column.Header).Length).Max()).ToList();
        Line(text, dataset.Columns, widths, place => OneLine(dataset.Columns[place].Header));
        Line(text, dataset.Columns, widths, place => new string('-', widths[place]));
        for (var number = 0; number <= rows.Count; number++)
        {
            foreach (var line in Lines(dataset, rows.Count).Where(line => line.Row == number))
            {
                Line(text, dataset.Columns, widths, place => OneLine(line.Texts[place]), areTexts: !line.IsTotal);
            }

            if (number < rows.Count)
            {
                var row = rows[number];
                Line(text, dataset.Columns, widths, place => dataset.Keys.Contains(place) ? "" : OneLine(row[place]));
            }
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
        for (var line = 0; line <= rows.Count; line++)
        {
            foreach (var group in Lines(dataset, rows.Count).Where(group => group.Row == line))
            {
                Group(html, dataset, group);
            }

            if (line == rows.Count)
            {
                break;
            }

            html.Append(line % 2 == 0 || dataset.Groups.Count > 0 ? "<tr>" : $"<tr class=\"{MailHtml.Stripe}\" style=\"background:#f3f6f9\">");
            for (var place = 0; place < dataset.Columns.Count; place++)
            {
                var (column, value) = (dataset.Columns[place], dataset.Keys.Contains(place) ? "" : rows[line][place]);
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

    /// <summary>The heads and totals of groups that go with so many rows: a group that goes on behind them has no totals yet.</summary>
    private static IEnumerable<PreviewLine> Lines(DatasetPreview dataset, int rows) =>
        dataset.Groups.Where(line => line.Row < rows || (line.Row == rows && line.IsTotal));

    private static void Group(StringBuilder html, DatasetPreview dataset, PreviewLine line)
    {
        html.Append(line.IsTotal ? "<tr>" : $"<tr class=\"{MailHtml.Group}\" style=\"background:{(line.Level == 0 ? "#e3ebf4" : "#f1f5fa")}\">");
        for (var place = 0; place < dataset.Columns.Count; place++)
        {
            // a text reaches over the empty cells behind it
            var end = place + 1;
            while (line.Texts[place] is not null && end < dataset.Columns.Count && line.Texts[end] is null && (!line.IsTotal || dataset.Keys.Contains(place)))
            {
                end++;
            }

            html.Append(CultureInfo.InvariantCulture, $"<td{(end - place > 1 ? $" colspan=\"{end - place}\"" : "")} style=\"{CellStyle}border-bottom:1px solid #d9e2ec;font-weight:600;{(line.IsTotal ? Align(dataset.Columns[place]) : "text-align:left")}\">{MailHtml.Escape(line.Texts[place])}</td>");
            place = end - 1;
        }

        html.Append("</tr>\n");
    }

    private static void Line(StringBuilder text, IReadOnlyList<SourceColumn> columns, List<int> widths, Func<int, string> cell, bool areTexts = false)
    {
        var line = string.Join("  ", columns.Select((column, place) => IsNumber(column) && !areTexts ? cell(place).PadLeft(widths[place]) : cell(place).PadRight(widths[place])));
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
