using ReportScheduler.Rows;

namespace ReportScheduler.Exports;

/// <summary>Turns the rows of a run into files: all of them into one report, or those of each key into a report of their own.</summary>
/// <remarks>Disposed without <see cref="Complete"/>, no file is left.</remarks>
internal interface IReportExport : IDisposable
{
    /// <summary>Adds the rows of a dataset: the current result is read to its end, and the results stay the caller's.</summary>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="results">At the result.</param>
    /// <param name="onRows">Is told, now and then, how many rows of this dataset have been read; on the caller's thread.</param>
    /// <param name="cancellation">Stops the export; it cannot go on afterwards.</param>
    /// <exception cref="ReportException">A file could not be written.</exception>
    void Add(string dataset, IRowResults results, Action<long> onRows, CancellationToken cancellation);

    /// <summary>Completes the files and gives them their names.</summary>
    /// <exception cref="ReportException">A file could not be written.</exception>
    ExportResult Complete(CancellationToken cancellation = default);
}
