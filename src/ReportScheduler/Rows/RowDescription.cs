namespace ReportScheduler.Rows;

/// <summary>The columns that a query would give.</summary>
/// <param name="Columns">In their order; null when only a run can tell them.</param>
/// <param name="Unknown">Why the columns are not known; null when they are.</param>
internal sealed record RowDescription(IReadOnlyList<SourceColumn>? Columns, string? Unknown = null)
{
    /// <summary>Columns of text whose first row has a date in it: the source has no other kind for dates.</summary>
    public IReadOnlyList<SourceColumn> DatesAsText { get; init; } = [];
}
