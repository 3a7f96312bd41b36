using ReportScheduler.Exports;
using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Splits;

/// <summary>What of a split report is to be made.</summary>
/// <param name="Readers">Who reads what; null where the addresses follow from the task.</param>
/// <param name="Keys">The keys that were asked for, as they were given; none for all.</param>
/// <param name="IsWanted">Whether a key is one of them; null for all.</param>
internal sealed record SplitRequest(SplitReaders? Readers, IReadOnlyList<string> Keys, Func<string, bool>? IsWanted)
{
    /// <summary>Whether the part of the rows that are nobody's was asked for by its name.</summary>
    public bool AsksUnmatched => Keys.Contains(SplitPart.Unmatched);

    /// <summary>Whether the rows of a key are kept; null for those of all keys: whose rows are nobody's is known when all are.</summary>
    public Func<string, bool>? IsKept => AsksUnmatched ? null : IsWanted;

    /// <summary>Whether nothing goes to the readers: a person looks at it.</summary>
    public bool IsTrial { get; init; }

    /// <summary>The only address that gets mail; null for the readers.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>Is called when it is known which parts there are, before the first one is made.</summary>
    public Action? Planned { get; init; }

    /// <summary>Makes the deliveries of a part: given are its task, with its recipients, and its files. Null to deliver nothing.</summary>
    public Func<ReportTask, ExportResult, IReadOnlyList<ReportDelivery>>? Deliver { get; init; }

    /// <summary>Whether the report is delivered, asked when all rows are read and before the first part is made; null for always.</summary>
    public Func<bool>? IsSent { get; init; }

    /// <summary>Compares each part with the last one that its readers got; null for nobody.</summary>
    public IPartComparison? Comparison { get; init; }

    /// <summary>Which of the keys that were asked for no part has; null where they are the keys themselves.</summary>
    public Func<IReadOnlyCollection<string>, IReadOnlyList<string>>? Unmet { get; init; }

    /// <summary>The keys that were asked for, as they were given, that none of these parts has.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyCollection<string> found) =>
        Unmet?.Invoke(found) ?? [.. Keys.Where(key => !found.Contains(key))];

    /// <summary>Throws when the disk has no room for another part.</summary>
    public Action? CheckRoom { get; init; }
}
