using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the ids of the runners that are up.</summary>
public sealed class RunnerIdCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        new RunnerRegistry(store).List(TimeProvider.System.GetUtcNow()).Select(runner => (runner.Id, $"process {runner.ProcessId} on {runner.Machine}"));
}
