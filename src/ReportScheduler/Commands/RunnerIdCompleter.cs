using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the ids of the runners that are up.</summary>
public sealed class RunnerIdCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        store.Runners.List().Select(runner => (runner.Id, $"process {runner.ProcessId} on {runner.Machine}"));
}
