using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the owners of tasks.</summary>
public sealed class OwnerCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        store.GetTasks().Where(task => task.Owner is not null).GroupBy(task => task.Owner!, StringComparer.OrdinalIgnoreCase)
            .Select(tasks => (tasks.Key, string.Join(", ", tasks.Select(task => task.Name))));
}
