namespace ReportScheduler.Changes;

/// <summary>The first rows of a list, as many as a person looks through.</summary>
internal sealed class KeptList
{
    /// <summary>The most rows that are kept.</summary>
    public const int Most = 10_000;

    private const long MostBytes = 16 << 20;

    private readonly List<byte[]> rows = [];
    private long bytes;

    public IReadOnlyList<byte[]> Rows => rows;

    public bool HasRoom => rows.Count < Most && bytes < MostBytes;

    /// <summary>How many there are, with those that were not kept.</summary>
    public long Total { get; set; }

    public void Add(ReadOnlySpan<byte> row)
    {
        Total++;
        if (HasRoom)
        {
            rows.Add(row.ToArray());
            bytes += row.Length;
        }
    }
}
