using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the ids of the newest runs.</summary>
public sealed class RunIdCompleter : NameCompleter
{
    private const int MostOffered = 100;

    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        store.GetRuns(new RunFilter { Limit = MostOffered }).Select(run => (run.Id, $"{run}"));
}
