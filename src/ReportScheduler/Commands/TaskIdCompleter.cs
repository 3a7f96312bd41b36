using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the ids of report tasks.</summary>
public sealed class TaskIdCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        store.GetTasks().Select(task => (task.Id, task.Name));
}
