namespace ReportScheduler.Rows;

/// <summary>An open source of rows: a database session, or something else that answers a
/// dataset's query with rows. It serves one query after the other.</summary>
/// <remarks>
/// Everything that goes wrong comes as a <see cref="ReportException"/> in words a person can act on, with
/// <see cref="ReportException.IsTransient"/> where another try may work; only <see cref="OperationCanceledException"/> passes beside it.
/// </remarks>
internal interface IRowSource : IDisposable
{
    /// <summary>Server, file or kind of source, as people may see it.</summary>
    string Place { get; }

    /// <summary>Starts a query. Cancelling stops it, also while its rows are read.</summary>
    /// <exception cref="ReportException">The source refused it, or it gives no columns.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IRowResults Query(RowQuery query, CancellationToken cancel);

    /// <summary>Finds out the columns of a query without making its report, and changes nothing.</summary>
    /// <param name="query">The query.</param>
    /// <param name="zone">The zone of instants.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="ReportException">The source would refuse the query.</exception>
    RowDescription Describe(RowQuery query, TimeZoneInfo zone, CancellationToken cancel);
}
