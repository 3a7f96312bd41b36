using System.Globalization;
using System.Text;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Rows;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The rows of a dataset as an HTML table of a mail.</summary>
internal sealed class MailTable(MailHtml page, MailCellPictures? pictures = null)
{
    private const int LongText = 40;
    private const int ShortText = 14;

    // A mail that carries whole documents in its table is refused by servers, and read by nobody.
    private const int LongestText = 4000;
    private const int LongestTextBesideFiles = 400;
    private const int MostPlainColumns = 8;
    private const int MostNarrowColumns = 2;
    private const string Missing = "\u2013";

    /// <summary>Stands where rows are left out.</summary>
    public const string Gap = "\u2026";

    // Outlook ignores white-space: nowrap
    private const string OnOneLine = " nowrap";

    private Shades Light => page.Theme.Light;

    private string Font => $"font:14px/20px {page.Theme.Faces};";

    private string CellStyle => $"padding:8px 12px;white-space:nowrap;{Font}color:{Light.Ink.Hex};";

    private string LongCellStyle =>
        $"padding:8px 12px;min-width:200px;max-width:420px;overflow-wrap:anywhere;{Font}color:{Light.Ink.Hex};";

    private string TextStyle => $"padding:8px 12px;min-width:84px;{Font}color:{Light.Ink.Hex};";

    /// <param name="excerpt">The rows.</param>
    /// <param name="hasFiles">The files have the texts whole.</param>
    public string Html(MailExcerpt excerpt, bool hasFiles)
    {
        var dataset = excerpt.Dataset;
        // a narrow table leaves room, a wider one ends where the chart does
        var width = excerpt.Columns.Count > MostNarrowColumns ? "width:100%" : "min-width:50%";
        var html = new StringBuilder($"<div style=\"overflow-x:auto\" tabindex=\"0\" "
            + $"role=\"region\" aria-label=\"{MailHtml.Escape(dataset.Title)}\"><table{page.Direction} cellpadding=\"0\" cellspacing=\"0\" "
            + $"style=\"border-collapse:collapse;{width};margin:8px 0 4px;font-variant-numeric:tabular-nums\"><thead><tr>");
        foreach (var place in excerpt.Columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" style=\"{CellStyle}border-bottom:2px solid "
                + $"{Light.Ink.Hex};font-weight:600;{Align(dataset.Columns[place])}\"{OnOneLine}>"
                + $"{MailHtml.Escape(dataset.Titles[place])}</th>");
        }

        html.Append("</tr></thead><tbody>");
        var striped = excerpt.Columns.Count > MostPlainColumns && dataset.Groups.Count == 0;
        for (var line = 0; line < excerpt.Rows; line++)
        {
            Groups(html, excerpt, group => group.Row == line);
            html.Append(striped && line % 2 == 1 ? "<tr class=\"z\">" : "<tr>");
            foreach (var place in excerpt.Columns)
            {
                Cell(html, excerpt, line, place, striped && line % 2 == 1, hasFiles ? LongestTextBesideFiles : LongestText);
            }

            html.Append("</tr>\n");
        }

        Groups(html, excerpt, group => group.Row == excerpt.Rows && group.IsTotal);
        html.Append(excerpt.HasGap ? $"<tr><td colspan=\"{excerpt.Columns.Count}\" class=\"{MailHtml.Faint}\" "
            + $"style=\"{CellStyle}color:{Light.Muted.Hex}\">{Gap}</td></tr>" : "").Append("</tbody>");
        Totals(html, excerpt);
        return html.Append("</table></div>").ToString();
    }

    /// <summary>Names and values, one pair a line.</summary>
    public string Facts(IEnumerable<(string Name, string? Value)> facts) =>
        "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse\">"
        + string.Concat(facts.Select(fact =>
            $"<tr><th scope=\"row\" class=\"{MailHtml.Faint}\" style=\"padding:4px 12px 4px "
                + $"0;{Font}text-align:left;vertical-align:top;color:{Light.Muted.Hex};font-weight:600\">{MailHtml.Escape(fact.Name)}</th>"
            + $"<td style=\"padding:4px 0;{Font}color:{Light.Ink.Hex};overflow-wrap:anywhere\">{MailHtml.Escape(fact.Value)}</td></tr>"))
        + "</table>";

    /// <summary>The fills of the cells that stand out.</summary>
    public static IEnumerable<int> Fills(MailExcerpt excerpt) =>
        excerpt.Dataset.Looks.Take(excerpt.Rows).SelectMany(row => excerpt.Columns.Select(place => row[place].Fill)).OfType<int>()
            .Distinct();

    public static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)] + "…";

    private void Cell(StringBuilder html, MailExcerpt excerpt, int line, int place, bool isStriped, int longest)
    {
        var dataset = excerpt.Dataset;
        var text = dataset.Keys.Contains(place) ? "" : dataset.FirstRows[line][place];
        var look = line < dataset.Looks.Count ? dataset.Looks[line][place] : default;
        var fill = look.Fill is { } color ? new Rgb(color) : isStriped ? Light.Stripe : (Rgb?)null;
        var number = IsNumber(dataset.Columns[place]) ? page.NumberDirection : "";
        html.Append(
            look.Fill is { } shade ? string.Create(CultureInfo.InvariantCulture, $"<td{number} class=\"h{shade:X6}\" style=\"")
            : $"<td{number} style=\"");
        var style = text is not null && (text.Length > LongText || text.Contains('\n', StringComparison.Ordinal)) ? LongCellStyle
            : text?.Length > ShortText && dataset.Columns[place].Kind == ColumnKind.Text && LinkText.Of(text) is null
            ? TextStyle
            : CellStyle;
        html.Append(style);
        html.Append(CultureInfo.InvariantCulture,
            $"border-bottom:1px solid "
                + $"{Light.Line.Hex};vertical-align:top;{(fill is { } paper ? $"background-color:{paper.Hex};" : "")}"
                + $"{Align(dataset.Columns[place])}\"{(style == CellStyle ? OnOneLine : "")}>");
        if (look.Icon is { } icon)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<span class=\"i{icon}\" style=\"color:{new Rgb(HighlightLook.IconColors[icon]).Hex}\">"
                    + $"{HighlightIcon.Sign(icon)}</span> ");
        }

        html.Append(text is null ? $"<span class=\"{MailHtml.Faint}\" style=\"color:{Light.Muted.Hex}\">{Missing}</span>"
            : pictures is not null && dataset.Pictures.TryGetValue((line, place), out var picture) ? pictures.Html(picture, text)
            : Sparkline.IsText(text) ? $"<span class=\"{MailHtml.Faint}\" style=\"color:{Light.Muted.Hex}\">{text}</span>"
            : LinkText.Of(text) is { } address ? page.Link(address, text)
            : MailHtml.Cell(Cut(text, longest)));
        html.Append("</td>");
    }

    /// <summary>The heads and totals of groups. A text reaches over the empty cells behind it.</summary>
    private void Groups(StringBuilder html, MailExcerpt excerpt, Func<PreviewLine, bool> isHere)
    {
        foreach (var line in excerpt.Dataset.Groups.Where(isHere))
        {
            var fill = line.IsTotal ? "" : $"background-color:{(line.Level == 0 ? Light.Group : Light.Stripe).Hex};";
            html.Append(line.IsTotal ? "<tr>" : "<tr class=\"z\">");
            for (var column = 0; column < excerpt.Columns.Count; column++)
            {
                var place = excerpt.Columns[column];
                var end = column + 1;
                while (line.Texts[place] is not null && (!line.IsTotal || excerpt.Dataset.Keys.Contains(place))
                    && end < excerpt.Columns.Count && line.Texts[excerpt.Columns[end]] is null)
                {
                    end++;
                }

                html.Append(CultureInfo.InvariantCulture, $"<td{(end - column > 1 ? $" colspan=\"{end - column}\"" : "")} "
                    + $"style=\"{CellStyle}border-bottom:1px solid {Light.Line.Hex};font-weight:600;{fill}");
                html.Append(CultureInfo.InvariantCulture,
                    $"{(end - column > 1 ? $"text-align:{page.Side}" : Align(excerpt.Dataset.Columns[place]))}\"{OnOneLine}>"
                        + $"{MailHtml.Escape(line.Texts[place])}</td>");
                column = end - 1;
            }

            html.Append("</tr>\n");
        }
    }

    private void Totals(StringBuilder html, MailExcerpt excerpt)
    {
        if (excerpt.Totals.Count == 0)
        {
            return;
        }

        html.Append("<tfoot>");
        for (var line = 0; line < excerpt.Totals.Count; line++)
        {
            html.Append("<tr>");
            for (var column = 0; column < excerpt.Columns.Count; column++)
            {
                var place = excerpt.Columns[column];
                var isNumber = IsNumber(excerpt.Dataset.Columns[place]);
                var end = column + 1;
                // a label reaches over the empty cells behind it, and makes no column wide
                while (!isNumber && excerpt.Totals[line][place] is not null && end < excerpt.Columns.Count
                    && excerpt.Totals[line][excerpt.Columns[end]] is null)
                {
                    end++;
                }

                html.Append(CultureInfo.InvariantCulture,
                    $"<td{(end - column > 1 ? $" colspan=\"{end - column}\"" : "")}{(isNumber ? page.NumberDirection : "")} "
                        + $"style=\"{CellStyle}{(line == 0 ? $"border-top:2px solid {Light.Ink.Hex};" : "")}font-weight:600;"
                        + $"{Align(excerpt.Dataset.Columns[place])}\"{OnOneLine}>"
                        + $"{MailHtml.Escape(excerpt.Totals[line][place])}</td>");
                column = end - 1;
            }

            html.Append("</tr>");
        }

        html.Append("</tfoot>");
    }

    private string Align(SourceColumn column) => IsNumber(column) ? "text-align:right" : $"text-align:{page.Side}";

    public static bool IsNumber(SourceColumn column) => column.Kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Double;
}
