namespace ReportScheduler.Rows;

/// <summary>Rows of several servers, of which some may have given none.</summary>
internal interface IGatheredResults : IRowResults
{
    /// <summary>The servers that gave no rows; empty when all did. Known before the first row is read.</summary>
    IReadOnlyList<SourceGap> Gaps { get; }
}
