using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The groups on the worksheets of a dataset: their heads, their totals as formulas, and where their rows are.</summary>
/// <param name="layout">How they look.</param>
/// <param name="columns">The columns.</param>
/// <param name="styles">Where their looks go.</param>
internal sealed class SheetGroups(GroupLayout layout, IReadOnlyList<ExcelColumn> columns, ExcelStyles styles)
{
    // Excel takes no more page breaks on a sheet, and slows down with so many areas of a rule.
    private const int MostBreaks = 1000;
    private const int MostAreas = 2000;

    // Where a group began on an earlier sheet.
    private const int Earlier = -1;

    private readonly int[] starts = new int[layout.Depth];
    private readonly HashSet<int> textPlaces = [.. Enumerable.Range(0, layout.Depth).Select(layout.PlaceOf)];
    private readonly Dictionary<(int Column, ColumnTotal Total, bool IsText), int> looks = [];
    private readonly List<(string? Sheet, int Top, int Bottom)> ranges = [];
    private readonly List<(int Top, int Bottom)> areas = [];
    private readonly List<int> breaks = [];
    private readonly List<(string Label, int Place, List<ExcelTotal> Totals)> summary = [];
    private int top;
    private int areaTop;

    public GroupLayout Layout => layout;

    /// <summary>The rows of data on the sheet, without the heads and totals between them.</summary>
    public IReadOnlyList<(int Top, int Bottom)> Areas =>
        areas.Count is > 0 and <= MostAreas ? areas : [(top, Math.Max(top, ranges.Count > 0 ? ranges[^1].Bottom : top))];

    /// <summary>The rows behind which a page ends: the last ones of the outermost groups on this sheet but the last.</summary>
    public IReadOnlyList<int> Breaks => [.. breaks.SkipLast(1).Take(MostBreaks)];

    /// <summary>How many rows have to be free: a head does not stand alone at the end of a sheet.</summary>
    public int RoomFor(GroupMark group) => group.IsEnd ? layout.Lines.Count : layout.Depth - group.Level + 1;

    /// <summary>Begins a sheet, on which groups of an earlier one may go on.</summary>
    public void Begin(int row)
    {
        Array.Fill(starts, Earlier);
        areas.Clear();
        breaks.Clear();
        (top, areaTop) = (row, row);
    }

    public void Add(SheetWriter sheet, GroupMark group)
    {
        EndArea(sheet.Row);
        if (group.IsEnd)
        {
            AddTotals(sheet, group);
        }
        else
        {
            sheet.AddHead(layout.Head(group), layout.PlaceOf(group.Level),
                styles.Of(group.Level == 0 ? ExcelRole.GroupHead : ExcelRole.InnerGroupHead), group.Level);
            starts[group.Level] = sheet.Row + 1;
        }

        areaTop = sheet.Row + 1;
    }

    /// <summary>Ends a sheet.</summary>
    /// <param name="name">Its tab.</param>
    /// <param name="row">Its last row above the totals of all rows.</param>
    public void End(string name, int row)
    {
        EndArea(row);
        ranges.Add((name, top, row));
        foreach (var ((column, total, isText), style) in looks)
        {
            styles.Define(style, isText ? ExcelRole.SubtotalLabel : ExcelRole.Subtotal,
                isText ? null : columns[column].Totals.FormatOf(total));
        }
    }

    /// <summary>The formula of a total of all rows, which leaves out the totals of the groups.</summary>
    public string Formula(ExcelColumn column, ExcelTotal total) => TotalFormula.Of(
        Fixed(column.Number - 1, total),
        [.. ranges.Select(range => ranges.Count == 1
            ? CellReference.Range(column.Number, range.Top, column.Number, range.Bottom)
            : CellReference.OnSheet(range.Sheet!, column.Number, range.Top, column.Number, range.Bottom))],
        areOutlined: true);

    /// <summary>A line for each of the outermost groups, on a sheet of their own.</summary>
    public void AddSummary(SheetWriter sheet)
    {
        foreach (var (label, place, totals) in summary)
        {
            sheet.AddTotals(label, place, [.. totals.Select(total => total with { IsFixed = true })], Style,
                (_, total) => TotalFormula.Of(total, []));
        }
    }

    private void EndArea(int row)
    {
        if (row >= areaTop && areas.Count <= MostAreas)
        {
            areas.Add((areaTop, row));
        }
    }

    private void AddTotals(SheetWriter sheet, GroupMark group)
    {
        var bottom = sheet.Row;
        foreach (var line in layout.Lines)
        {
            var place = layout.LabelPlace(line, group);
            textPlaces.Add(place);
            var label = layout.Label(line, group);
            if (place >= 0 && layout.EndOfLabel(line, place) == place + 1)
            {
                columns[place].MakeRoomFor(label);
            }

            var totals = columns.Select((column, index) =>
                Fixed(index, column.Totals.Of(line.Kinds[index], group.Totals!.Of(column.Source, line.Kinds[index]), isOfValues: true),
                    isSplit: starts[group.Level] == Earlier)).ToList();
            var start = starts[group.Level] == Earlier ? bottom : starts[group.Level];
            sheet.AddTotals(label, place, totals, Style, (column, total) =>
                TotalFormula.OfGroup(total, CellReference.Range(column.Number, start, column.Number, bottom)), group.Level);
            if (group.Level == 0 && summary.Count < MostBreaks)
            {
                summary.Add((label, place, totals));
            }
        }

        if (group.Level == 0)
        {
            breaks.Add(sheet.Row);
        }
    }

    // Counting would take the heads and labels for values; a group that began on another sheet has no range here.
    private ExcelTotal Fixed(int place, ExcelTotal total, bool isSplit = false) =>
        isSplit || (total.Kind == ColumnTotal.Count && textPlaces.Contains(place)) ? total with { IsFixed = true } : total;

    private int Style(ExcelColumn column, ExcelTotal total)
    {
        if (total.Kind == ColumnTotal.None)
        {
            return styles.Of(ExcelRole.SubtotalLabel);
        }

        var key = (column.Number - 1, total.Kind, total.Format is null);
        if (!looks.TryGetValue(key, out var style))
        {
            looks.Add(key, style = styles.Reserve());
        }

        return style;
    }
}
