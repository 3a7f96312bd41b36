namespace ReportScheduler.Runs;

/// <summary>Something that happened in a runner, for the person who watches.</summary>
internal abstract record RunnerEvent
{
    /// <summary>The runner has read the store.</summary>
    public sealed record Loaded(IReadOnlyList<ReportTask> Tasks) : RunnerEvent;

    /// <summary>Somebody asked for runs, or for what is due; they begin in their turn.</summary>
    public sealed record Requested(IReadOnlyList<ReportRun> Runs) : RunnerEvent;

    /// <summary>A run began.</summary>
    public sealed record Started(ReportRun Run) : RunnerEvent;

    /// <summary>A run ended, or waits for its mail.</summary>
    public sealed record Finished(ReportRun Run, DateTimeOffset? NextRunAt) : RunnerEvent;

    /// <summary>A run that this runner had begun is another one's, which took it over
    /// while this one was silent; it is as that one keeps it.</summary>
    public sealed record TakenOver(ReportRun Run) : RunnerEvent;

    /// <summary>A worker is free: what waits may begin.</summary>
    public sealed record Free : RunnerEvent;

    /// <summary>Something is wrong that is not the fault of one report; the runner goes on.</summary>
    public sealed record Trouble(string Message) : RunnerEvent;

    /// <summary>Something worth a line in the log.</summary>
    public sealed record Note(string Line) : RunnerEvent;

    /// <summary>The runner was asked to stop.</summary>
    public sealed record Stopping(int Running) : RunnerEvent;

    /// <summary>Nothing runs any more; the last event of a runner.</summary>
    public sealed record Ended : RunnerEvent;
}
