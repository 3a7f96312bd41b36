namespace ReportScheduler.Changes;

/// <summary>What a section of a kept result is called when the report is split. A report that is not split, or is
/// split by another column, finds nothing of its own in it, and begins anew.</summary>
/// <param name="Role">What the section is.</param>
/// <param name="SplitBy">The column that the report is split by.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Key">The key of the part.</param>
internal sealed record PartSectionName(PartSectionRole Role, string SplitBy, string Dataset, string Key)
{
    private const int Fields = 4;

    public override string ToString() => string.Join('\0', Role, SplitBy, Dataset, Key);

    /// <summary>Reads it back; null for the name of something else.</summary>
    public static PartSectionName? Read(string text) =>
        text.Split('\0', Fields) is [var role, var splitBy, var dataset, var key] && Enum.TryParse<PartSectionRole>(role, out var known)
            ? new PartSectionName(known, splitBy, dataset, key)
            : null;
}
