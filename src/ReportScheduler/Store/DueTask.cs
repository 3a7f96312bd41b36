namespace ReportScheduler.Store;

/// <summary>A task whose next due time has come, with what its plan needs.</summary>
internal sealed record DueTask
{
    public required string TaskId { get; init; }

    /// <summary>The name, or the id of one whose name cannot be read.</summary>
    public required string Name { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The due time that has come.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required ReportTaskState State { get; init; }

    /// <summary>The definition with the state; null for one that cannot be read, and for one that is gone.</summary>
    public ReportTask? Task { get; init; }

    /// <summary>Why the definition cannot be read; null when it can, or is gone.</summary>
    public string? Problem { get; init; }

    /// <summary>Only its state is left.</summary>
    public bool IsGone => Task is null && Problem is null;

    /// <summary>The task's runs that are not over, oldest due first, without their deliveries.</summary>
    public IReadOnlyList<ReportRun> Unfinished { get; init; } = [];

    /// <summary>The due task with its definition, and the runs of it that are not over.</summary>
    public DueTask With(ReportTask task, IReadOnlyList<ReportRun> unfinished)
    {
        task.State = State;
        // one whose state cannot be read is planned from what is certain
        task.State.NextRunAt = DueAt;
        return this with { Task = task, Unfinished = unfinished };
    }

    /// <summary>A run for one of its due times, that waits for a runner.</summary>
    public ReportRun RunOf(DateTimeOffset dueAt) => new()
    {
        TaskId = TaskId,
        TaskName = Name,
        TimeZone = TimeZone,
        Trigger = RunTrigger.Schedule,
        DueAt = dueAt.ToUniversalTime(),
    };
}
