namespace ReportScheduler.Store;

/// <summary>Which waiting runs a worker takes.</summary>
/// <param name="Owner">Who takes them.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="ExceptTasks">Ids of tasks whose runs are left to other runners.</param>
internal sealed record TakeOrder(string Owner, int Limit, IReadOnlyCollection<string> ExceptTasks);
