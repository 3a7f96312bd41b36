using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands;

/// <summary>Completes the words of -SendWhen and the beginnings of conditions.</summary>
public sealed class SendWhenCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompleter.Complete(wordToComplete, [.. Enum.GetNames<SendWhen>(), "rows > 100", "max(column) > 60", "total(column) < 1000"]);
}
