using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Writing;

/// <summary>Writes one format. Called from one thread; rows are only valid during the call.</summary>
/// <remarks>
/// Per document: for each dataset <see cref="Begin"/>, rows, <see cref="End"/>; then <see cref="Complete"/>, once.
/// Disposed without <see cref="Complete"/>, it leaves no file. Memory does not grow with the rows.
/// A call that may take longer than a few hundred rows do, looks at the token given.
/// </remarks>
internal interface IReportWriter : IDisposable
{
    /// <summary>Starts the rows that the dataset to come is made of, which is a matrix.
    /// Formats that do not show them pass them over.</summary>
    void BeginSource(string dataset, IReadOnlyList<SourceColumn> columns)
    {
    }

    /// <summary>Takes the next rows of the source, in order.</summary>
    void WriteSource(RowBatch rows)
    {
    }

    /// <summary>Ends the source; the dataset begins.</summary>
    void EndSource()
    {
    }

    /// <summary>Starts a dataset. Its rows may be none.</summary>
    void Begin(string dataset, IReadOnlyList<SourceColumn> columns);

    /// <summary>Takes the next rows of the dataset, in order.</summary>
    void Write(RowBatch rows);

    /// <summary>Ends the dataset.</summary>
    void End(CancellationToken cancellation);

    /// <summary>Finishes the files and gives them their real names.</summary>
    /// <returns>Full paths.</returns>
    IReadOnlyList<string> Complete(CancellationToken cancellation);
}
