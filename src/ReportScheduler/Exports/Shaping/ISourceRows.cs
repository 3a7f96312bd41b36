using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Shaping;

/// <summary>Takes the rows that a matrix is made of, for formats that show them too.</summary>
internal interface ISourceRows
{
    /// <summary>Begins them; their kinds are known.</summary>
    /// <returns>The batches, for a reader that brings none.</returns>
    BatchPool Begin(IReadOnlyList<SourceColumn> columns);

    /// <summary>Takes the next rows, and gives the batch back when they are written.</summary>
    void Take(RowBatch batch, BatchPool pool);

    void End();
}
