using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands;

/// <summary>Completes what a column shows the share of.</summary>
public sealed class ShareCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompleter.Complete(wordToComplete, ["total", "group"]);
}
