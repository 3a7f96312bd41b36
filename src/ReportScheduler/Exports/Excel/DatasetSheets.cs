using System.Globalization;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The worksheets of one dataset: rows that do not fit one go on in the next, under the same header.</summary>
internal sealed class DatasetSheets : IDisposable
{
    private const int TitleHeight = 24;

    private readonly ReportDocument document;
    private readonly string dataset;
    private readonly int rowsPerSheet;
    private readonly PackageWriter package;
    private readonly ExcelStyles styles;
    private readonly SheetNames names;
    private readonly List<ExcelSheet> sheets;
    private readonly List<int> charts;
    private readonly IReadOnlyList<ExcelColumn> columns;
    private readonly ColumnHighlight?[] ranges;
    private readonly IReadOnlyList<TotalLine> lines;
    private readonly List<string> tables = [];
    private readonly int first;
    private readonly ChartData? chartData;
    private Action? addChart;
    private SheetWriter? sheet;
    private int headerRow;
    private long rows;

    public DatasetSheets(
        ReportDocument document, string dataset, IReadOnlyList<SourceColumn> all, int rowsPerSheet,
        PackageWriter package, ExcelStyles styles, SharedTexts shared, SheetNames names, List<ExcelSheet> sheets, List<int> charts)
    {
        this.document = document;
        this.dataset = dataset;
        this.package = package;
        this.styles = styles;
        this.names = names;
        this.sheets = sheets;
        this.charts = charts;
        first = sheets.Count;
        chartData = ChartData.Of(document with { Warn = _ => { } }, dataset, all);
        var layout = ColumnLayout.Of(document, dataset, all);
        if (layout.Count > CellReference.MaxColumns)
        {
            throw WorkbookErrors.TooManyColumns(dataset, layout.Count);
        }
        var headers = SheetNames.Headers(layout.Select(column => column.Column.Header));
        columns = [.. layout.Select((column, index) => new ExcelColumn(column, headers[index], index + 1, styles, shared, document))];
        ranges = [.. columns.Select(column => ColumnHighlight.Of(document.Task, dataset, column.LaidOut.Column) is { NeedsRange: true } highlight ? highlight : null)];
        lines = TotalLine.Of(layout, document.Words);
        this.rowsPerSheet = rowsPerSheet - lines.Count;
        Open();
    }

    public void Write(RowBatch batch)
    {
        chartData?.Add(batch);
        for (var row = 0; row < batch.Count; row++)
        {
            if (sheet!.Row == rowsPerSheet)
            {
                Close(last: false);
                Open();
            }
            sheet.AddRow(batch[row]);
            See(batch[row]);
            rows++;
        }
    }

    public void End()
    {
        Close(last: true);
        addChart?.Invoke();
        foreach (var column in columns)
        {
            ColumnLosses.Warn(document, dataset, column, column.LaidOut.AddsUp ? "so its total is fixed and does not follow a filter" : null);
        }
    }

    public void Dispose() => sheet?.Dispose();

    private void Open()
    {
        sheet = new SheetWriter(package, $"xl/worksheets/sheet{sheets.Count + 1}.xml", columns);
        rows = 0;
        if (document.Task.TitleRows)
        {
            AddTitle();
        }
        sheet.AddHeader(column => styles.Of(IsAtTheRight(column) ? ExcelRole.RightHeader : ExcelRole.Header));
        headerRow = sheet.Row;
        if (columns.Count > 0)
        {
            tables.Add(names.Table(dataset));
        }
    }

    // What a rule does may depend on the values: a scale of equal ones has no colour.
    private void See(ReadOnlySpan<Cell> row)
    {
        for (var column = 0; column < ranges.Length; column++)
        {
            ranges[column]?.See(row[columns[column].Source]);
        }
    }

    private void AddTitle()
    {
        sheet!.AddLine(document.Task.Name, styles.Of(ExcelRole.Title), TitleHeight);
        var lines = new List<string?> { document.Task.Description };
        lines.AddRange(document.Parameters.Where(parameter => parameter.IsOf(dataset)).Select(parameter => $"{parameter.Name}: {parameter.Value}"));
        lines.Add(document.DataAt.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        foreach (var line in lines.OfType<string>())
        {
            sheet.AddLine(line, styles.Of(ExcelRole.Subtitle));
        }
        sheet.AddLine(null, 0);
    }

    private void Close(bool last)
    {
        var number = sheets.Count + 1;
        var lastRow = headerRow + (int)Math.Max(1, rows);
        if (rows == 0)
        {
            sheet!.AddLine(null, 0);
        }
        // Looks are settled again for each sheet: its widths come from the rows so far, formats from all of them.
        var widths = columns.Select(column => column.Finish()).ToList();
        string Formula(ExcelColumn column, ExcelTotal total) => TotalFormula.Of(total, TotalFormula.Ranges(tables, column.Header));
        var below = last ? lines.Select(line => (line.Label, line.LabelPlace, Totals: columns.Select((column, place) => column.Totals.Of(line.Kinds[place])).ToList())).ToList() : [];
        foreach (var (label, place, totals) in below)
        {
            sheet!.AddTotals(label, place, totals, TotalStyle, Formula);
        }
        var chart = sheets.Count == first ? ChartPart.Find(document, dataset, columns, chartData) : null;
        var paper = PaperSetup.Of(document.Task, widths.Sum() + (chart is null ? 0 : ChartPart.Width));
        var info = new ExcelSheet(names.Sheet(dataset), columns.Count == 0 ? null : tables[^1], headerRow, rows, paper.PagesWide);
        sheets.Add(info);
        var highlights = Highlights.Of(document.Task, dataset, columns, ranges, headerRow + 1, lastRow, styles);
        var head = SheetEnvelope.Head(document, number == 1, headerRow, widths);
        var tail = SheetEnvelope.Tail(document, paper, highlights, TextRanges(lastRow), info.Table is not null, chart is not null);
        sheet!.Complete(head, tail);
        sheet = null;
        if (info.Table is not null)
        {
            package.Add($"xl/tables/table{number}.xml", TablePart.Xml(number, info, columns, below.Count > 0 ? below[0].Label : null, below.Count > 0 ? below[0].LabelPlace : -1, below.Count > 0 ? below[0].Totals : [], Formula));
        }
        if (chart is not null)
        {
            addChart = () => chart.Add(package, number, info, columns.Count);
            charts.Add(number);
        }
        package.Add($"xl/worksheets/_rels/sheet{number}.xml.rels", WorkbookParts.SheetRelations(number, info.Table is not null, chart is not null));
    }

    private int TotalStyle(ExcelTotal total)
    {
        var style = styles.Reserve();
        styles.Define(style, total.Format is null ? ExcelRole.TotalLabel : ExcelRole.Total, total.Format);
        return style;
    }

    // As Excel aligns the values.
    private static bool IsAtTheRight(ExcelColumn column) =>
        column.LaidOut.IsNumber || column.LaidOut.Column.Kind is ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset or ColumnKind.Time;

    // Numbers in text columns are meant as text; Excel need not mark each with a green corner.
    private string TextRanges(int lastRow) => string.Join(' ', columns
        .Where(column => column.LaidOut.Column.Kind == ColumnKind.Text || column.ValuesAsText > 0)
        .Select(column => CellReference.Range(column.Number, headerRow + 1, column.Number, lastRow)));
}
