namespace ReportScheduler.Store;

/// <summary>What a worker got of the mail that waits.</summary>
internal sealed record TakenDeliveries
{
    public static TakenDeliveries None { get; } = new();

    /// <summary>Oldest first, all to one target, with the new owner.</summary>
    public IReadOnlyList<ReportDelivery> Deliveries { get; init; } = [];

    /// <summary>Their runs, each once and with all its deliveries.</summary>
    public IReadOnlyList<ReportRun> Runs { get; init; } = [];

    /// <summary>The tasks of those with their state, by id, without those that are gone or cannot be read.</summary>
    public IReadOnlyDictionary<string, ReportTask> Tasks { get; init; } = new Dictionary<string, ReportTask>();

    /// <summary>Whether others are due that nobody works on, or that belong to a run that the worker has in its hands.</summary>
    public bool OthersWait { get; init; }

    /// <summary>When the next of those is due that are due later; null for none.</summary>
    public DateTimeOffset? NextAt { get; init; }
}
