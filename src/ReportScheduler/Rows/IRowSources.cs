namespace ReportScheduler.Rows;

/// <summary>A kind of source, which opens what datasets are read from. The first kind that serves a dataset is asked to open it.</summary>
/// <remarks>Databases by the name of a connection are one kind; what only the room
/// of the cmdlets knows is handed to the run by it.</remarks>
internal interface IRowSources
{
    /// <summary>What two datasets of a task have in common when one open source
    /// serves both, such as the name of their connection.</summary>
    /// <returns>Null when the dataset is of another kind.</returns>
    string? KeyOf(ReportTask task, ReportDataset dataset);

    /// <summary>The sources of a task that only so many reports may use at once. A report has a place at each before its time limit
    /// begins.</summary>
    IReadOnlyList<SourcePlaces> PlacesOf(ReportTask task) => [];

    /// <summary>How many sources of the task have its time limit to themselves; 0 when they share it.</summary>
    /// <exception cref="ReportException">They cannot be told.</exception>
    int Turns(ReportTask task) => 0;

    /// <summary>Opens the source of a dataset.</summary>
    /// <param name="task">The task.</param>
    /// <param name="dataset">One of its datasets, with a key.</param>
    /// <param name="retry">How often to try again after a transient failure.</param>
    /// <param name="talk">Hears what the source says beside the rows.</param>
    /// <param name="cancel">Stops trying.</param>
    /// <exception cref="ReportException">It cannot be opened.</exception>
    IRowSource Open(ReportTask task, ReportDataset dataset, int retry, SourceTalk talk, CancellationToken cancel);
}
