using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ReportScheduler.Sources;

namespace ReportScheduler.Commands;

/// <summary>Completes the kinds of databases.</summary>
public sealed class ProviderCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompleter.Complete(wordToComplete, DatabaseProviders.Names);
}
