using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands;

/// <summary>Completes the totals of a column.</summary>
public sealed class TotalCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompleter.Complete(wordToComplete, ColumnShorthand.TotalWords);
}
