using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes labels: those of runners that are up, and those that tasks have.</summary>
public sealed class LabelCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store)
    {
        var alive = RunnerLabels.Alive(store.Runners);
        return alive.Concat(store.GetTasks().Select(task => task.RunOn).OfType<string>()).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(label => (label, alive.Contains(label) ? "a runner has it" : "no runner has it now"));
    }
}
