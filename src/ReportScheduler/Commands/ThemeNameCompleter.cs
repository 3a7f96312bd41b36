using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names of report themes.</summary>
public sealed class ThemeNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        store.Themes.All().Select(theme => (theme.Name, theme.BrandColor ?? theme.Font ?? theme.Name));
}
