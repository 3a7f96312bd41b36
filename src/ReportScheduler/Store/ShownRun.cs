namespace ReportScheduler.Store;

/// <summary>A run as a store shows it.</summary>
internal static class ShownRun
{
    /// <summary>Gives a run its deliveries, and the paths that it has in this store.</summary>
    public static void Complete(ReportRun run, IEnumerable<ReportDelivery> deliveries, string runsFolder)
    {
        run.Deliveries = [.. deliveries.OrderBy(delivery => delivery.CreatedAt).ThenBy(delivery => delivery.Id, StringComparer.Ordinal)];
        RunPaths.Own(run, runsFolder);
    }

    /// <summary>What stands for a run that cannot be read: one that is left out would make the history look whole.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="taskId">The id of its task.</param>
    /// <param name="taskName">The name of its task; empty where that cannot be read either.</param>
    /// <param name="at">Where it stands in the history.</param>
    /// <param name="problem">Why it cannot be read.</param>
    public static ReportRun Unreadable(string id, string taskId, string taskName, DateTimeOffset at, string problem)
    {
        var why = StoreErrors.RunNotReadable(id, problem);
        return new ReportRun
        {
            Id = id,
            TaskId = taskId,
            TaskName = taskName,
            DueAt = at,
            Outcome = RunOutcome.Failed,
            Stage = RunStage.Record,
            Error = why.Message,
            ErrorId = why.ErrorId,
            ErrorCategory = why.Category,
        };
    }
}
