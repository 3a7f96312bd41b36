using System.Globalization;
using System.Text;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Html;

/// <summary>One self-contained page with a table per dataset: sortable where script
/// runs, readable without, printable, light and dark.</summary>
/// <remarks>Its content security policy allows its own style and script and nothing from elsewhere.</remarks>
internal sealed class HtmlWriter : IReportWriter
{
    // more columns need stripes to lead the eye
    private const int MostPlainColumns = 8;

    // a longer text may take several lines; a shorter one stays on its own
    private const int LongestLine = 30;

    // a page with more would take long to open
    private const int LargestPicture = 1 << 18;

    private readonly ReportDocument document;
    private readonly OutputFile file;
    private readonly StreamWriter front;
    private readonly StreamWriter page;
    private readonly HeldRows? waiting;
    private TextWriter body;
    private IReadOnlyList<LaidOutColumn> columns = [];
    private CellText[] texts = [];
    private ColumnTotals totals = new([], ReportWords.Of(CultureInfo.InvariantCulture));
    private ColumnHighlight?[] highlights = [];
    private RowHighlight? rowHighlight;
    private HtmlGroups? groups;
    private int sections;
    private HeldRows? held;
    private bool waitsForList;
    private IReadOnlyList<ChartData> charts = [];
    private long rowCount;

    public HtmlWriter(ReportDocument document)
    {
        this.document = document;
        file = new OutputFile(Path.Combine(document.Folder, document.FileName(ReportFormat.Html)));
        front = new StreamWriter(file.Stream, new UTF8Encoding(false), 1 << 14, leaveOpen: true);
        front.Write(HtmlPage.Start(document));
        // key figures stand above all rows, and are known behind them
        waiting = document.Figures is null ? null : new HeldRows(file.Stream.Name + ".page");
        page = waiting?.Writer ?? front;
        body = page;
    }

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        this.columns = ColumnLayout.Grouped(document, dataset, columns);
        groups = GroupLayout.Of(document, dataset, columns, this.columns) is { } layout
            ? new HtmlGroups(layout, document.Task.Dataset(dataset).PageBreakPerGroup, ++sections)
            : null;
        texts = [.. this.columns.Select(column => new CellText(column, document.Culture, document.Zone))];
        totals = new ColumnTotals(this.columns, document.Words, areGrand: groups is not null);
        highlights = [.. this.columns.Select(column => ColumnHighlight.Of(document.Task, dataset, column.Column))];
        rowHighlight = RowHighlight.Of(this.columns.Select((column, place) => (column.Column.Index, highlights[place])));
        charts = ChartData.Of(document, dataset, columns);
        rowCount = 0;
        page.Write("<section>\n");
        if (document.Task.HasSeveralDatasets)
        {
            Element("h2", document.TitleOf(dataset));
        }
        // the chart above the table and the looks in it depend on all rows, the list of groups on as many as it may name
        var waitsForAll = charts.Count > 0 || highlights.Any(highlight => highlight is { NeedsRange: true });
        waitsForList = groups is not null && !waitsForAll;
        held = waitsForAll || waitsForList ? new HeldRows(file.Stream.Name + ".rows") : null;
        body = held?.Writer ?? page;
        body.Write(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                + $"aria-label=\"{HtmlPage.Encoder.Encode(document.TitleOf(dataset))}\">\n<table"
                + $"{(groups is not null ? " class=\"grouped\"" : this.columns.Count > MostPlainColumns ? " class=\"wide\"" : "")}"
                + ">\n<colgroup>");
        foreach (var column in this.columns)
        {
            body.Write(
                column.Width is { } width ? $"<col width=\"{Math.Round(width * 8).ToString(CultureInfo.InvariantCulture)}\">" : "<col>");
        }

        body.Write("</colgroup>\n<thead>\n<tr>");
        foreach (var column in this.columns)
        {
            Element(column.IsNumber ? "th scope=\"col\" class=\"n\"" : "th scope=\"col\"", column.Title);
        }

        body.Write("</tr>\n</thead>\n<tbody>\n");
    }

    public void Write(RowBatch rows)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            texts[i].See(rows, columns[i].Column.Index);
        }

        var mark = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            mark = Marks(rows, mark, row);
            var cells = rows[row];
            body.Write(rowHighlight?.Fill(cells) is { } fill ? HtmlHighlights.Row(fill) : "<tr>");
            for (var i = 0; i < columns.Count; i++)
            {
                if (groups is not null && groups.Layout.IsKey[i])
                {
                    body.Write("<td></td>");
                }
                else
                {
                    Cell(cells[columns[i].Column.Index], i, highlights[i], nothing: columns[i].NullText ?? "");
                }
            }

            body.Write("</tr>\n");
        }

        Marks(rows, mark, rows.Count);
        totals.Add(rows);
        foreach (var chart in charts)
        {
            chart.Add(rows);
        }

        rowCount += rows.Count;
    }

    public void End(CancellationToken cancellation)
    {
        Charts();
        groups?.WriteContents(page, document.Words);
        LetGo(cancellation);
        page.Write("</tbody>\n");
        Totals();
        page.Write("</table>\n</div>\n");
        page.Write("<p class=\"count\"><bdi>");
        page.Write(document.Words.Count("rows", rowCount));
        page.Write("</bdi></p>\n");
        page.Write("</section>\n");
    }

    public IReadOnlyList<string> Complete(CancellationToken cancellation)
    {
        if (waiting is not null)
        {
            front.Write(HtmlPage.Figures(document.Figures!()));
            waiting.CopyTo(front, (_, _) => "", cancellation);
        }

        front.Write(HtmlPage.End(document));
        front.Flush();
        return [file.Complete()];
    }

    // The page's writer is not disposed: its last buffer belongs to a file that is thrown away.
    public void Dispose()
    {
        held?.Dispose();
        waiting?.Dispose();
        file.Dispose();
    }

    /// <summary>Writes the rows that wait; those that follow go to the page at once.</summary>
    private void LetGo(CancellationToken cancellation)
    {
        using (held)
        {
            held?.CopyTo(page, (column, mark) => HtmlHighlights.Classes(highlights[column]!.Of(mark)), cancellation);
        }

        (held, body) = (null, page);
    }

    // The heads and totals of groups in front of a row.
    private int Marks(RowBatch rows, int mark, int row)
    {
        for (; mark < rows.Groups.Count && rows.Groups[mark].Row == row; mark++)
        {
            var group = rows.Groups[mark];
            if (!group.IsEnd)
            {
                groups!.WriteHead(body, group, columns.Count);
                if (waitsForList && !groups.MayBeListed)
                {
                    waitsForList = false;
                    LetGo(CancellationToken.None);
                }

                continue;
            }

            groups!.List(group);
            foreach (var line in groups.Layout.Lines)
            {
                groups.WriteTotals(body, line, group, columns.Count,
                    i => Cell(group.Totals!.Of(columns[i].Column.Index, line.Kinds[i]), i, null, line.Kinds[i]));
            }
        }

        return mark;
    }

    private void Totals()
    {
        if (!totals.Any)
        {
            return;
        }

        page.Write("<tfoot>\n");
        foreach (var line in totals.Lines)
        {
            var label = totals.LabelPlace(line);
            page.Write("<tr>");
            for (var i = 0; i < columns.Count; i++)
            {
                if (i == label)
                {
                    Element("th scope=\"row\"", line.Label);
                }
                else
                {
                    Cell(totals.Of(line, i), i, null, line.Kinds[i]);
                }
            }

            page.Write("</tr>\n");
        }

        page.Write("</tfoot>\n");
    }

    private void Charts()
    {
        var pictures = new List<ChartPicture>();
        foreach (var chart in charts)
        {
            chart.End();
            if (ChartPicture.Of(chart) is { } picture)
            {
                pictures.Add(picture);
            }
        }

        page.Write(pictures.Count > 1 ? "<div class=\"charts\">\n" : "");
        pictures.ForEach(Picture);
        page.Write(pictures.Count > 1 ? "</div>\n" : "");
    }

    private void Picture(ChartPicture picture)
    {
        page.Write("<figure><picture>");
        page.Write(picture.DarkPng is { } dark ? "<source media=\"screen and (prefers-color-scheme: dark)\" "
            + $"srcset=\"data:image/png;base64,{Convert.ToBase64String(dark)}\">" : "");
        page.Write($"<img width=\"{picture.Width}\" height=\"{picture.Height}\" "
            + $"alt=\"{HtmlPage.Encoder.Encode(picture.AlternativeText)}\" src=\"data:image/png;base64,");
        page.Write(Convert.ToBase64String(picture.Png));
        page.Write("\"></picture></figure>\n");
    }

    private void Cell(in Cell cell, int column, ColumnHighlight? highlight, ColumnTotal total = ColumnTotal.None, string nothing = "")
    {
        var text = cell.Kind == CellKind.Null ? nothing
            : total == ColumnTotal.None ? texts[column].Of(cell) : texts[column].Of(cell, total);
        var isText = cell.Kind is CellKind.Null or CellKind.Text or CellKind.Json or CellKind.Binary;
        var isLong = isText && text.Length > LongestLine;
        var spark = total == ColumnTotal.None && columns[column].Spark is { } sparks ? Sparkline.Of(cell, sparks) : null;
        isLong &= spark is null;
        var kind = isLong ? "w"
            : cell.Kind == CellKind.Null && nothing.Length > 0 && columns[column].IsNumber ? "n"
            : isText ? "" : cell.Kind is CellKind.Integer or CellKind.Decimal or CellKind.Double ? "n" : "d";
        var hasClass = kind.Length > 0 || highlight is not null;
        body.Write(hasClass ? $"<td class=\"{kind}" : "<td");
        body.Write(HtmlHighlights.Class(texts[column].Color));
        if (highlight is not null)
        {
            Look(highlight.See(cell), column, highlight);
        }

        body.Write(hasClass ? "\"" : "");
        if (!isText)
        {
            SortKey(cell, text);
        }

        body.Write('>');
        if (spark is not null)
        {
            body.Write(spark.IsEmpty ? "" : HtmlSparkline.Of(spark));
        }
        else
        {
            Content(cell, text);
        }

        body.Write("</td>");
    }

    private void Content(in Cell cell, string text)
    {
        if (cell.Kind == CellKind.Text && LinkText.Of(text) is { } address)
        {
            Element($"a href=\"{HtmlPage.Encoder.Encode(address)}\" rel=\"noreferrer\"", text);
        }
        else if (cell.Kind == CellKind.Binary && Picture(cell.Binary) is { } source)
        {
            body.Write($"<img alt=\"{HtmlPage.Encoder.Encode(text)}\" src=\"{source}\">");
        }
        else
        {
            HtmlPage.Encoder.Encode(body, text);
        }
    }

    // As it is, or smaller where the page would grow by more than a quarter of a megabyte.
    private static string? Picture(byte[] bytes) => BinaryText.Picture(bytes) is not { } picture || CellPicture.Read(bytes) is not { } small
        ? null
        : bytes.Length <= LargestPicture
        ? $"data:{picture.MediaType};base64,{Convert.ToBase64String(bytes.AsSpan(picture.Start))}"
        : $"data:image/{(small.IsJpeg ? "jpeg" : "png")};base64,{Convert.ToBase64String(small.Data)}";

    private void Look(HighlightMark mark, int column, ColumnHighlight highlight)
    {
        if (highlight.NeedsRange)
        {
            held!.Note(column, mark);
        }
        else
        {
            body.Write(HtmlHighlights.Classes(highlight.Of(mark)));
        }
    }

    // What the script sorts by, where the text shown does not sort.
    private void SortKey(in Cell cell, string text)
    {
        Span<char> key = stackalloc char[64];
        key = key[..IsoText.Format(cell, key, ' ')];
        if (!key.SequenceEqual(text))
        {
            body.Write(" data-v=\"");
            body.Write(key);
            body.Write('"');
        }
    }

    private void Element(string start, string text)
    {
        body.Write($"<{start}>");
        HtmlPage.Encoder.Encode(body, text);
        body.Write($"</{start.Split(' ')[0]}>");
    }
}
