namespace ReportScheduler.Rows;

/// <summary>A few hundred rows of one dataset, read once and shown to every writer.</summary>
internal sealed class RowBatch(int columns, int capacity = RowBatch.DefaultCapacity)
{
    public const int DefaultCapacity = 512;

    private readonly Cell[] cells = new Cell[columns * capacity];

    public int Columns => columns;

    public int Capacity => capacity;

    public int Count { get; set; }

    /// <summary>Where groups of rows begin and end, in order; none where the rows are not grouped.</summary>
    public IReadOnlyList<GroupMark> Groups { get; set; } = [];

    /// <summary>What cells were in the last result, in the order of the rows; none where nothing was other.</summary>
    public List<CellNote> Notes { get; } = [];

    // not by AsSpan: code that is compiled ahead would call it for every cell
    public ReadOnlySpan<Cell> this[int row] => new(cells, row * columns, columns);

    /// <summary>The cells of a row for the reader to fill.</summary>
    public Span<Cell> Fill(int row) => new(cells, row * columns, columns);
}
