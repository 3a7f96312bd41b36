using ReportScheduler.Hosting;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names that jobs of the operating system are registered under.</summary>
public sealed class RegisteredNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        new RegistrationFolder(store.Address).List().Select(job => (job.Name, $"{job.Work} with {job.System}"));
}
