namespace ReportScheduler.Rows;

/// <summary>The results of one query, one after the other. The first is there from the beginning.</summary>
internal interface IRowResults : IDisposable
{
    /// <summary>The rows of the current result; asked for once per result.</summary>
    /// <param name="zone">The zone in which instants without an offset of their own are shown.</param>
    /// <param name="formatOf">The number format that the task asks for a column; null for none.</param>
    IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null);

    /// <summary>Goes on to the next result that has columns, over the rest of the current one.</summary>
    /// <returns>False when there is none.</returns>
    bool Next();
}
