using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names of report mail servers.</summary>
public sealed class MailServerNameCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IReportStore store) => store.MailServers.All().Select(server => server.Name);
}
