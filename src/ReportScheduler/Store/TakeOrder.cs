namespace ReportScheduler.Store;

/// <summary>Which waiting runs a worker takes.</summary>
/// <param name="Owner">Who takes them.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="ExceptTasks">Ids of tasks whose runs are left to other runners, and not said to wait.</param>
/// <param name="Definitions">The number of the definitions that this was worked out by; where the store has another one by now, it
/// does nothing and says so. Null where that does not matter.</param>
internal sealed record TakeOrder(string Owner, int Limit, IReadOnlyCollection<string> ExceptTasks, long? Definitions = null)
{
    /// <summary>Ids of tasks whose runs are passed over now, and said to wait.</summary>
    public IReadOnlyCollection<string> LaterTasks { get; init; } = [];

    /// <summary>Ids of all tasks whose runs are not taken.</summary>
    public IReadOnlyCollection<string> PassedOver => LaterTasks.Count == 0 ? ExceptTasks : [.. ExceptTasks, .. LaterTasks];
}
