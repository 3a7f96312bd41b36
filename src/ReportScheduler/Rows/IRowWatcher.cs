namespace ReportScheduler.Rows;

/// <summary>Looks at the rows of a report while they go to its files, on the thread that reads them.</summary>
internal interface IRowWatcher
{
    /// <summary>A dataset begins.</summary>
    void Begin(string dataset, IReadOnlyList<SourceColumn> columns);

    /// <summary>The next rows of the dataset that was begun last. The batch is not kept.</summary>
    void Take(RowBatch batch);
}
