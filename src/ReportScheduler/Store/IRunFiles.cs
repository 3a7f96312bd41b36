namespace ReportScheduler.Store;

/// <summary>The files and messages of runs: a folder on this computer to work in,
/// and what every runner of the store can get of it.</summary>
internal interface IRunFiles
{
    /// <summary>The folder with one folder per run, on this computer.</summary>
    string Folder { get; }

    /// <summary>The folder of an attempt at a run.</summary>
    string FolderOf(string runId, int attempt);

    /// <summary>Makes the folder of a run.</summary>
    /// <exception cref="ReportException">FolderNotUsable.</exception>
    void Create(string path);

    /// <summary>Keeps the files and messages that a run names for whichever runner
    /// goes on with it. Call it before the run is written.</summary>
    void Keep(ReportRun run);

    /// <summary>Keeps of the files that a run names those that are too much for its record. The rest is kept when the run is
    /// finished, with its record.</summary>
    /// <exception cref="ReportException">FolderNotUsable.</exception>
    void Share(ReportRun run);

    /// <summary>Brings what was kept of a run to this computer, where it is missing.</summary>
    void Fetch(ReportRun run);

    /// <summary>Leaves the runs those of their files that can be opened here, and says of the others where they are.</summary>
    void Locate(IReadOnlyList<ReportRun> runs);

    /// <summary>Whether anything is kept of a run, here or for other computers.</summary>
    bool Has(string runId);

    /// <summary>Removes the files of all attempts at a run.</summary>
    /// <returns>What kept one from being removed; null when none is left.</returns>
    ReportException? Remove(string runId);

    /// <summary>Removes the files of all attempts at runs, but for those that go with their records.</summary>
    /// <returns>Each run, with what kept one of its files from being removed; null when none is left.</returns>
    IReadOnlyList<(string RunId, ReportException? Problem)> RemoveFromDisks(IReadOnlyCollection<string> runIds);

    /// <summary>Keeps the result of a run for its task, to compare later ones with, whatever becomes of the run's own files. Of those that
    /// are kept already, the newest and the one named last stay.</summary>
    void KeepResult(string taskId, string runId, string path, string? lastRunId);

    /// <summary>Brings the result of a run to a path.</summary>
    /// <returns>False when it is not kept.</returns>
    bool FetchResult(string taskId, string runId, string path);

    /// <summary>Removes the results that are kept for a task.</summary>
    void RemoveResults(string taskId);

    /// <summary>Removes the folder of one attempt; one that is not there is fine.</summary>
    /// <returns>What kept it from being removed, such as a file somebody has open on Windows; null when it is gone.</returns>
    ReportException? RemoveFolder(string? path);
}
