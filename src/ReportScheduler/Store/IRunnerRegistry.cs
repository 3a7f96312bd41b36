namespace ReportScheduler.Store;

/// <summary>Which runners are alive on a store, and which of them, or of their runs, were asked to stop.</summary>
internal interface IRunnerRegistry
{
    /// <summary>The runners that are alive, oldest first. What dead ones left is removed.</summary>
    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    IReadOnlyList<ReportSchedulerInfo> List();

    /// <summary>Says that a runner is alive, and what it runs.</summary>
    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    void Write(ReportSchedulerInfo runner);

    /// <summary>Takes a runner off the list. Where that is not possible, the next
    /// <see cref="List"/> does it once the runner is gone.</summary>
    void Remove(string id);

    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    void RequestStop(string id);

    /// <summary>Whether somebody who may use the store asked for it.</summary>
    /// <exception cref="ReportException">The store cannot be used.</exception>
    bool IsStopRequested(string id);

    /// <summary>Asks whoever works on a run to stop it, in words for its history. It is
    /// there until it is forgotten, whoever has the run by then.</summary>
    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    void RequestRunStop(string runId, string words);

    /// <summary>The words with which the run is asked to stop; null when it is not.
    /// Cheap: every second for each run that is worked on.</summary>
    string? RunStopRequest(string runId);

    void ForgetRunStop(string runId);
}
