using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ReportScheduler.Store;
using ReportScheduler.Stores;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Completes a name from the store. Never throws, opens nothing but the store, and makes none.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    // a database that does not answer would hold the prompt for as long as its driver waits
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var scope = Enum.TryParse<StoreScope>($"{fakeBoundParameters["Scope"]}", ignoreCase: true, out var given)
                ? given
                : StoreScope.User;
            var path = fakeBoundParameters["StorePath"] is not { } value
                ? null
                : ReportStores.IsDatabase($"{value}")
                ? $"{value}"
                : Path.GetFullPath($"{value}", Location());
            var store = ReportStores.Open(path, scope);
            return Complete(wordToComplete, ReportStores.IsDatabase(store.Address) ? OffersSoon(store) : OffersNow(store));
        }
        catch (Exception problem) when (problem is ReportException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>Quotes the names that need it and keeps those that begin with the word.</summary>
    internal static IEnumerable<CompletionResult> Complete(string? word, IEnumerable<string> names) =>
        Complete(word, names.Select(name => (name, name)));

    /// <summary>Quotes the names that need it and keeps those that begin with the word, each with what is said beside it.</summary>
    internal static IEnumerable<CompletionResult> Complete(string? word, IEnumerable<(string Name, string About)> offers)
    {
        var pattern = new WildcardPattern((word ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return [.. offers.Where(offer => pattern.IsMatch(offer.Name)).Select(offer => new CompletionResult(
            offer.Name.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or ':')
                ? offer.Name
                : PowerShellText.Quoted(offer.Name),
            offer.Name,
            CompletionResultType.ParameterValue,
            offer.About.Length == 0 ? offer.Name : offer.About))];
    }

    /// <summary>What there is of the kind.</summary>
    private protected virtual IEnumerable<string> Names(IReportStore store) => [];

    /// <summary>What there is of the kind, with what is said beside each.</summary>
    private protected virtual IEnumerable<(string Name, string About)> Offers(IReportStore store) =>
        Names(store).Select(name => (name, name));

    /// <summary>The first of what stands behind -Name on the line; null where nothing does.</summary>
    private protected static string? FirstName(IDictionary bound) =>
        bound["Name"] is { } given ? $"{(given is object[] { Length: > 0 } several ? several[0] : given)}" : null;

    private List<(string Name, string About)> OffersSoon(IReportStore store)
    {
        var asked = Task.Run(() => OffersNow(store));
        return Task.WaitAny([asked], Patience) == 0 ? asked.GetAwaiter().GetResult() : [];
    }

    private List<(string Name, string About)> OffersNow(IReportStore store) => store.IsThere ? [.. Offers(store)] : [];

    // the session's folder: the process may be in another
    private static string Location()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath").Invoke<string>()[0];
    }
}
