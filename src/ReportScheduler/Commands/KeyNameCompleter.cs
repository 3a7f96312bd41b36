using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names of keys.</summary>
public sealed class KeyNameCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IReportStore store) => store.Keys.All().Select(key => key.Name);
}
