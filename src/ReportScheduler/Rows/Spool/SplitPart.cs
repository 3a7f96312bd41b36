namespace ReportScheduler.Rows.Spool;

/// <summary>What a part of a split report is about: the rows of one key, those of nobody, or all.</summary>
/// <param name="Key">The key as the ledger has it; null for the whole report.</param>
/// <param name="Shown">The key as people and templates read it.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Values">The first row, and what a row of recipients says beside it.</param>
internal sealed record SplitPart(string? Key, string Shown, long Rows, IReadOnlyList<KeyValuePair<string, Cell>> Values)
{
    /// <summary>The key in the ledger of the rows that are nobody's.</summary>
    public const string Unmatched = "(unmatched)";

    /// <summary>What its mail says about it; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it is the part of a key, and neither that of nobody nor the whole.</summary>
    public bool IsOfKey => Key is not null && Note is null;
}
