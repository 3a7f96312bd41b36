using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names of report tasks.</summary>
public sealed class TaskNameCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IReportStore store) => store.GetTasks().Select(task => task.Name);
}
