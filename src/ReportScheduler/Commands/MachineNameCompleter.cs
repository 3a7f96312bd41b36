using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names of the computers that have runners.</summary>
public sealed class MachineNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        store.Runners.List().GroupBy(runner => runner.Machine, StringComparer.OrdinalIgnoreCase)
            .Select(machine => (machine.Key, machine.Count() == 1 ? "1 runner" : $"{machine.Count()} runners"));
}
