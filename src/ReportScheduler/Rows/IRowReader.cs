namespace ReportScheduler.Rows;

/// <summary>Gives the rows of one result in batches, each row once. A call per batch, and none per cell, crosses this interface.</summary>
internal interface IRowReader
{
    /// <summary>The columns, whose number does not change. Their kinds are final after <see cref="LookAhead"/>.</summary>
    IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>The batches that it fills, where many readers after one another share them; null for those of whoever reads.</summary>
    BatchPool? Pool => null;

    /// <summary>Reads the first rows where only they tell the kind of a column. It is called once, before <see cref="Next"/>.</summary>
    /// <param name="pool">Where batches come from.</param>
    /// <param name="cancellation">Stops.</param>
    void LookAhead(BatchPool pool, CancellationToken cancellation);

    /// <summary>The next rows, in a batch that the caller gives back to the pool; null when there are no more.</summary>
    RowBatch? Next(BatchPool pool, CancellationToken cancellation);
}
