using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names of report identities.</summary>
public sealed class IdentityNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        store.Identities.All().Select(identity => (identity.Name, $"{identity.Kind}"));
}
