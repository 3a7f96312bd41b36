using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>What a pivot table shows, worked out from its rows as Excel will do it again: memory follows its cells, not the rows.</summary>
internal sealed class PivotCells
{
    private readonly ReportPivot pivot;
    private readonly PivotField[] lines;
    private readonly PivotField across;
    private readonly ExcelColumn? value;
    private readonly SourceColumn counted;
    private readonly bool[] hasNone;
    private readonly Dictionary<(int Parent, int Item), int> nodes = [];
    private readonly Dictionary<int, int[]> paths = [];
    private readonly Dictionary<(int Line, int Column), ColumnAggregate> cells = [];

    /// <param name="pivot">What the matrix is.</param>
    /// <param name="lines">The columns whose values make its lines.</param>
    /// <param name="across">The column whose values make its columns.</param>
    /// <param name="value">What stands where they meet; null to count the rows.</param>
    /// <param name="columns">How many columns the rows have.</param>
    public PivotCells(ReportPivot pivot, PivotField[] lines, PivotField across, ExcelColumn? value, int columns)
    {
        (this.pivot, this.lines, this.across, this.value) = (pivot, lines, across, value);
        counted = (value ?? across.Column).LaidOut.Column;
        hasNone = new bool[columns];
    }

    public PivotField[] Lines => lines;

    public PivotField Across => across;

    public ExcelColumn? Value => value;

    public ColumnTotal Function => pivot.Function;

    /// <summary>Whether a column has empty cells, which Excel does not count.</summary>
    public bool HasNone(ExcelColumn column) => hasNone[column.Source];

    /// <summary>The lines in their order, each as the numbers of its values.</summary>
    public IReadOnlyList<int[]> InOrder => [.. paths.Values.Order(Comparer<int[]>.Create((left, right) =>
        left.AsSpan().SequenceCompareTo(right)))];

    public void Add(RowBatch rows)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            Add(rows[row]);
        }
    }

    /// <summary>What stands in a line and a column; of all lines, or all columns, where one is not given.</summary>
    public Cell Of(int[]? line, int? column) =>
        cells.TryGetValue((line is null ? All : line.Aggregate(0, (node, item) => nodes[(node, item)]), column ?? All), out var total)
            ? total.Shown(pivot.Function) : default;

    private const int All = -1;

    private void Add(ReadOnlySpan<Cell> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            hasNone[i] |= row[i].Kind == CellKind.Null;
        }

        var (line, column) = (LineOf(row), across.Of(row[across.Column.Source]));
        var cell = row[counted.Index];
        if (value is null)
        {
            cell.SetInteger(1);
        }

        foreach (var place in new[] { (line, column), (line, All), (All, column), (All, All) })
        {
            if (!cells.TryGetValue(place, out var total))
            {
                cells.Add(place, total = new ColumnAggregate(counted, pivot.Function));
            }

            total.Add(cell);
        }
    }

    private int LineOf(ReadOnlySpan<Cell> row)
    {
        var node = 0;
        Span<int> path = stackalloc int[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            path[i] = lines[i].Of(row[lines[i].Column.Source]);
            if (!nodes.TryGetValue((node, path[i]), out var next))
            {
                nodes.Add((node, path[i]), next = nodes.Count + 1);
            }

            node = next;
        }

        if (!paths.ContainsKey(node))
        {
            paths.Add(node, path.ToArray());
        }

        return node;
    }
}
