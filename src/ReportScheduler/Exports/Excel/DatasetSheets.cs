using System.Runtime.CompilerServices;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The worksheets of one dataset: rows that do not fit one go on in the next, under the same header.</summary>
internal sealed class DatasetSheets : IDisposable
{
    private const int TitleHeight = 24;
    private const int MostGroupSheets = 250;

    private readonly ReportDocument document;
    private readonly string dataset;
    private readonly int rowsPerSheet;
    private readonly PackageWriter package;
    private readonly ExcelStyles styles;
    private readonly SheetNames names;
    private readonly List<ExcelSheet> sheets;
    private readonly WorkbookDrawings drawings;
    private readonly IReadOnlyList<ExcelColumn> columns;
    private readonly ColumnHighlight?[] ranges;
    private readonly bool hasRanges;
    private readonly IReadOnlyList<TotalLine> lines;
    private readonly SheetGroups? groups;
    private readonly List<string> tables = [];
    private readonly int first;
    private readonly IReadOnlyList<ChartData> charts;
    private Action? draw;
    private readonly string? sourceTab;
    private readonly SheetNotes notes;
    private SheetWriter? sheet;
    private SheetLinks? links;
    private SheetPictures? pictures;
    private string sheetName = "";
    private int groupSheets;
    private int headerRow;
    private long rows;

    public DatasetSheets(
        ReportDocument document, string dataset, IReadOnlyList<SourceColumn> all, int rowsPerSheet,
        PackageWriter package, ExcelStyles styles, SharedTexts shared, SheetNames names, List<ExcelSheet> sheets, WorkbookDrawings drawings,
        string? sourceTab = null)
    {
        this.sourceTab = sourceTab;
        notes = new SheetNotes(document);
        this.document = document;
        this.dataset = dataset;
        this.package = package;
        this.styles = styles;
        this.names = names;
        this.sheets = sheets;
        this.drawings = drawings;
        first = sheets.Count;
        charts = sourceTab is null ? ChartData.Of(document with { Warn = _ => { } }, dataset, all) : [];
        var layout = ColumnLayout.Grouped(document, dataset, all);
        var grouping = GroupLayout.Of(document, dataset, all, layout);
        if (layout.Count > CellReference.MaxColumns)
        {
            throw WorkbookErrors.TooManyColumns(dataset, layout.Count);
        }

        var headers = SheetNames.Headers(layout.Select(column => column.Column.Header));
        columns = [.. layout.Select((column, index) => new ExcelColumn(column, headers[index], index + 1, styles, shared,
            document)
        {
            IsBlank = grouping is not null && grouping.IsKey[index],
            IsHidden = grouping is not null && grouping.IsKey[index]
                && ColumnHighlight.Of(document.Task, dataset, column.Column) is { MarksRows: true },
        })];
        ranges = [.. columns.Select(column =>
            ColumnHighlight.Of(document.Task, dataset, column.LaidOut.Column) is { NeedsRange: true } highlight ? highlight : null)];
        hasRanges = ranges.Any(range => range is not null);
        groups = grouping is null ? null : new SheetGroups(grouping, columns, styles);
        lines = TotalLine.Of(layout, document.Words, areGrand: groups is not null);
        this.rowsPerSheet = rowsPerSheet - lines.Count;
        Open(sourceTab ?? document.TitleOf(dataset));
    }

    public IReadOnlyList<ExcelColumn> Columns => columns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(RowBatch batch)
    {
        foreach (var chart in charts)
        {
            chart.Add(batch);
        }

        var (mark, note) = (0, 0);
        for (var row = 0; row < batch.Count; row++)
        {
            if (mark < batch.Groups.Count)
            {
                mark = Marks(batch, mark, row);
            }

            if (sheet!.Row == rowsPerSheet)
            {
                GoOn();
            }

            var cells = batch[row];
            if (links!.MayCome)
            {
                links.See(cells, sheet.Row + 1);
            }

            sheet.AddRow(cells);
            for (; note < batch.Notes.Count && batch.Notes[note].Row == row; note++)
            {
                AddNote(batch.Notes[note]);
            }

            if (hasRanges)
            {
                See(batch[row]);
            }

            rows++;
        }

        Marks(batch, mark, batch.Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddNote(in CellNote note)
    {
        foreach (var column in columns)
        {
            if (column.Source == note.Column && !column.IsBlank)
            {
                notes.Add(sheet!.Row, column, note.Before);
            }
        }
    }

    // The heads and totals of groups in front of a row.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Marks(RowBatch batch, int mark, int row)
    {
        for (; mark < batch.Groups.Count && batch.Groups[mark].Row == row; mark++)
        {
            var group = batch.Groups[mark];
            if (!group.IsEnd && group.Level == 0 && document.Task.Dataset(dataset).SheetPerGroup)
            {
                OpenFor(group);
            }

            if (sheet!.Row + groups!.RoomFor(group) > rowsPerSheet)
            {
                GoOn();
            }

            groups.Add(sheet!, group);
        }

        return mark;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GoOn()
    {
        if (sourceTab is not null)
        {
            throw WorkbookErrors.NativePivotTooLong(dataset, rowsPerSheet - 1);
        }

        var name = sheetName;
        Close(last: false);
        Open(name);
    }

    // The first sheet is there already.
    private void OpenFor(GroupMark group)
    {
        if (++groupSheets > MostGroupSheets)
        {
            throw WorkbookErrors.TooManyGroupSheets(dataset, MostGroupSheets);
        }

        var name = groups!.Layout.Key(group);
        if (rows > 0)
        {
            Close(last: false);
            Open(name);
        }
        else
        {
            sheetName = name;
        }
    }

    public void End()
    {
        if (groups is not null && document.Task.Dataset(dataset).SheetPerGroup && groupSheets > 0 && lines.Count > 0)
        {
            Close(last: false);
            AddSummary();
        }
        else
        {
            Close(last: true);
        }

        draw?.Invoke();
        links?.Teach();
        foreach (var column in columns)
        {
            column.Teach();
            ColumnLosses.Warn(document, dataset, column,
                column.LaidOut.AddsUp ? "so its total is fixed and does not follow a filter" : null);
        }
    }

    public void Dispose() => sheet?.Dispose();

    private void Open(string name)
    {
        sheetName = name;
        links = new SheetLinks(columns, document.Habits);
        sheet = new SheetWriter(package, $"xl/worksheets/sheet{sheets.Count + 1}.xml", columns) { Depth = groups?.Layout.Depth ?? 0 };
        pictures = new SheetPictures(() => sheet.Row);
        foreach (var column in columns.Where(column => column.MayHavePictures))
        {
            column.Pictures = pictures;
        }

        rows = 0;
        if (document.Task.TitleRows)
        {
            AddTitle();
        }

        sheet.AddHeader(column =>
            styles.Of(!IsAtTheRight(column) ? ExcelRole.Header : groups is null ? ExcelRole.RightHeader : ExcelRole.PlainRightHeader));
        headerRow = sheet.Row;
        groups?.Begin(headerRow + 1);
        if (columns.Count > 0 && groups is null)
        {
            tables.Add(names.Table(sourceTab ?? dataset));
        }
    }

    // What a rule does may depend on the values: a scale of equal ones has no colour.
    [MethodImpl(MethodImplOptions.NoInlining)]
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
        lines.AddRange(PeriodText.Lines(
            [.. document.Parameters.Where(parameter => parameter.IsOf(dataset)).Select(parameter => parameter with { Datasets = null })],
            document.Task, document.Culture));
        lines.Add(document.DataNote);
        foreach (var line in lines.OfType<string>())
        {
            sheet.AddLine(line, styles.Of(ExcelRole.Subtitle));
        }

        sheet.AddLine(null, 0);
    }

    private void Close(bool last)
    {
        if (rows == 0)
        {
            sheet!.AddLine(null, 0);
        }

        var lastRow = sheet!.Row;
        foreach (var line in lines.Where(line => line.LabelPlace >= 0 && MustFit(line)))
        {
            columns[line.LabelPlace].MakeRoomFor(line.Label);
        }
        // Looks are settled again for each sheet: its widths come from the rows so far, formats from all of them.
        var widths = columns.Select(column => column.Finish()).ToList();
        var tab = names.Sheet(sheetName);
        groups?.End(tab, lastRow);
        string Formula(ExcelColumn column, ExcelTotal total) =>
            groups is null ? TotalFormula.Of(total, TotalFormula.Ranges(tables, column.Header)) : groups.Formula(column, total);
        var below = last ? lines.Select(line => (line.Label, line.LabelPlace,
            Totals: columns.Select((column, place) => column.Totals.Of(line.Kinds[place])).ToList())).ToList() : [];
        for (var line = 0; line < below.Count; line++)
        {
            sheet.AddTotals(below[line].Label, below[line].LabelPlace, below[line].Totals, line == 0 ? TotalStyle : NextStyle, Formula);
        }

        var info = Complete(tab, widths, lastRow);
        if (info.Table is not null)
        {
            package.Add($"xl/tables/table{sheets.Count}.xml", TablePart.Xml(sheets.Count, info, columns,
                below.Count > 0 ? below[0].Label : null, below.Count > 0 ? below[0].LabelPlace : -1, below.Count > 0 ? below[0].Totals : [],
                Formula));
        }
    }

    // a word reaches over the empty cells behind it, where there are any
    private static bool MustFit(TotalLine line) =>
        line.LabelPlace + 1 == line.Kinds.Count || line.Kinds[line.LabelPlace + 1] != ColumnTotal.None;

    /// <summary>Writes what stands around the rows of the sheet.</summary>
    private ExcelSheet Complete(string tab, List<double> widths, int lastRow, bool hasMarks = true)
    {
        var number = sheets.Count + 1;
        var parts = sheets.Count == first ? ChartPart.Of(charts, columns) : [];
        var hasDrawing = parts.Count > 0 || pictures!.Count > 0;
        var paper = PaperSetup.Of(document.Task, widths.Sum() + (parts.Count == 0 ? 0 : ChartPart.Width), columns.Count);
        var info = new ExcelSheet(tab, columns.Count == 0 || groups is not null ? null : tables[^1], headerRow, rows, groups is not null,
            paper.PagesWide, number) { IsSource = sourceTab is not null, NoteBlocks = notes.Blocks };
        var isShownFirst = sourceTab is null && sheets.TrueForAll(other => other.IsSource);
        sheets.Add(info);
        var highlights = !hasMarks
            ? ("", "")
            : Highlights.Of(document.Task, dataset, columns, ranges, groups?.Areas ?? [(headerRow + 1, lastRow)], styles);
        var places = new ChartPlaces(sheet!.HeightOf, paper.RowRoom,
            groups is not null && document.Task.Dataset(dataset).PageBreakPerGroup ? groups.Breaks : []);
        List<int> chartRows = [];
        foreach (var _ in parts)
        {
            chartRows.Add(places.Place(chartRows.Count == 0 ? headerRow + 1 : chartRows[^1] + ChartPart.Rows));
        }

        var breaks = places.Breaks;
        var head = SheetEnvelope.Head(document, isShownFirst, headerRow, widths, groups?.Layout.Depth ?? 0);
        var tail = SheetEnvelope.Tail(document, paper, highlights, links!.Xml(), TextRanges(lastRow), breaks, info.Table is not null,
            hasDrawing, notes.Count > 0);
        sheet!.Complete(head, tail);
        sheet = null;
        if (hasDrawing)
        {
            drawings.Sheets.Add(number);
            var shown = pictures!;
            if (parts.Count > 0)
            {
                // with what the last rows have given
                draw = () => Draw(number, info, parts, shown, chartRows);
            }
            else
            {
                Draw(number, info, parts, shown, chartRows);
            }
        }

        AddNotes(number);
        package.Add($"xl/worksheets/_rels/sheet{number}.xml.rels",
            WorkbookParts.SheetRelations(number, info.Table is not null, hasDrawing, info.NoteBlocks > 0, links.Relations()));
        WarnOfMore(info.Name);
        return info;
    }

    private void WarnOfMore(string sheetName)
    {
        if (links!.Beyond > 0)
        {
            document.Warn($"The worksheet '{sheetName}' has {SheetLinks.Most:N0} links, and {links.Beyond:N0} more addresses are text: "
                + "Excel takes no more links on a sheet.");
        }

        if (pictures!.Beyond > 0)
        {
            document.Warn($"The worksheet '{sheetName}' shows {SheetPictures.Most:N0} pictures, and {pictures.Beyond:N0} more are words.");
        }
    }

    private void AddNotes(int number)
    {
        if (notes.Count > 0)
        {
            package.Add($"xl/comments{number}.xml", notes.Texts());
            package.Add($"xl/drawings/vmlDrawing{number}.vml", notes.Boxes(1 + sheets.SkipLast(1).Sum(other => other.NoteBlocks)));
            notes.Clear();
        }
    }

    private void Draw(int number, ExcelSheet info, IReadOnlyList<ChartPart> parts, SheetPictures shown, List<int> rows)
    {
        var drawing = new SheetDrawing();
        for (var index = 0; index < parts.Count; index++)
        {
            parts[index].Add(package, info, drawing, drawings.AddChart(), columns.Count + 1, rows[index] - 1);
        }

        shown.Add(package, drawings, drawing);
        drawing.Add(package, number);
    }

    // Behind the sheets of the groups one with what each comes to.
    private void AddSummary()
    {
        Open(TotalLine.Word(ColumnTotal.Sum, document.Words));
        groups!.AddSummary(sheet!);
        rows = sheet!.Row - headerRow;
        var widths = columns.Select(column => column.Finish()).ToList();
        foreach (var line in lines)
        {
            sheet.AddTotals(line.Label, line.LabelPlace,
                [.. columns.Select((column, place) => column.Totals.Of(line.Kinds[place]) with { IsFixed = true })], TotalStyle,
                (_, total) => TotalFormula.Of(total, []));
        }

        Complete(names.Sheet(sheetName), widths, sheet.Row, hasMarks: false);
    }

    private int TotalStyle(ExcelColumn column, ExcelTotal total)
    {
        var style = styles.Reserve();
        styles.Define(style, total.Format is null ? ExcelRole.TotalLabel : ExcelRole.Total, total.Format);
        return style;
    }

    // the rule stands above the first line of several
    private int NextStyle(ExcelColumn column, ExcelTotal total)
    {
        var style = styles.Reserve();
        styles.Define(style, total.Format is null ? ExcelRole.SubtotalLabel : ExcelRole.Subtotal, total.Format);
        return style;
    }

    // As Excel aligns the values.
    private static bool IsAtTheRight(ExcelColumn column) =>
        column.LaidOut.IsNumber
            || column.LaidOut.Column.Kind is ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset or ColumnKind.Time;

    // Numbers in text columns are meant as text; Excel need not mark each with a green corner.
    private string TextRanges(int lastRow) => string.Join(' ', columns
        .Where(column => column.LaidOut.Column.Kind == ColumnKind.Text || column.ValuesAsText > 0)
        .Select(column => CellReference.Range(column.Number, headerRow + 1, column.Number, lastRow)));
}
