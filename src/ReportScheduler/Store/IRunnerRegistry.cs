namespace ReportScheduler.Store;

/// <summary>Which runners are alive on a store, and which of them were asked to stop.</summary>
internal interface IRunnerRegistry
{
    /// <summary>The runners that are alive, oldest first. What dead ones left is removed.</summary>
    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    IReadOnlyList<ReportSchedulerInfo> List();

    /// <summary>Says that a runner is alive, and what it runs.</summary>
    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    void Write(ReportSchedulerInfo runner);

    /// <summary>Takes a runner off the list. Where that is not possible, the next <see cref="List"/> does it once the runner is gone.</summary>
    void Remove(string id);

    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    void RequestStop(string id);

    /// <summary>Whether somebody who may use the store asked for it.</summary>
    bool IsStopRequested(string id);
}
