namespace ReportScheduler.Rows.Spool;

/// <summary>The rows of one dataset that have one key: what of them is on the disk, and
/// what is still in memory. In the order in which they came.</summary>
internal sealed class SpoolSegment
{
    private readonly List<(long Offset, int Length)> blocks = [];

    /// <summary>Where its rows are on the disk.</summary>
    public IReadOnlyList<(long Offset, int Length)> Blocks => blocks;

    /// <summary>The rows that are not on the disk.</summary>
    public SpoolBuffer Waiting { get; } = new();

    public long Rows { get; set; }

    public void Moved(long offset) => blocks.Add((offset, Waiting.Length));
}
