namespace ReportScheduler.Rows.Spool;

/// <summary>One key: the rows that have it, of every dataset.</summary>
/// <param name="text">The key; null for the rows without one.</param>
internal sealed class RowKey(string? text)
{
    private readonly List<SpoolSegment?> segments = [];

    public string? Text => text;

    /// <summary>How many rows have it, of all datasets together.</summary>
    public long Rows { get; set; }

    /// <summary>The first row that has it, with its columns.</summary>
    public IReadOnlyList<KeyValuePair<SourceColumn, Cell>> First { get; set; } = [];

    /// <summary>Its rows of a dataset; null for none.</summary>
    public SpoolSegment? Of(int dataset) => dataset < segments.Count ? segments[dataset] : null;

    /// <summary>Its rows of a dataset, to add to them.</summary>
    public SpoolSegment For(int dataset)
    {
        while (segments.Count <= dataset)
        {
            segments.Add(null);
        }

        return segments[dataset] ??= new SpoolSegment();
    }
}
