using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes a name from the store. Never throws, opens nothing but the store, and makes none.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var scope = Enum.TryParse<StoreScope>($"{fakeBoundParameters["Scope"]}", ignoreCase: true, out var given) ? given : StoreScope.User;
            var path = fakeBoundParameters["StorePath"] is { } value ? Path.GetFullPath($"{value}", Location()) : null;
            var store = StoreFile.Open(path, scope);
            return File.Exists(store.Path) ? Complete(wordToComplete, Names(store)) : [];
        }
        catch (ReportException)
        {
            return [];
        }
    }

    /// <summary>Quotes the names that need it and keeps those that begin with the word.</summary>
    internal static IEnumerable<CompletionResult> Complete(string? word, IEnumerable<string> names)
    {
        var pattern = new WildcardPattern((word ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return [.. names.Where(pattern.IsMatch).Select(name => new CompletionResult(
            name.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/') ? name : RunPlan.Quoted(name),
            name,
            CompletionResultType.ParameterValue,
            name))];
    }

    private protected abstract IEnumerable<string> Names(IReportStore store);

    // the session's folder: the process may be in another
    private static string Location()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath").Invoke<string>()[0];
    }
}
