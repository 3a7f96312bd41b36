using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands;

/// <summary>Completes env:NAME with the variables of the environment, and anything else as the file of a database.</summary>
public sealed class ConnectionStringCompleter : IArgumentCompleter
{
    private const string Reference = "env:";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        var isReference = word.Length > 0 && (word.StartsWith(Reference, StringComparison.OrdinalIgnoreCase) || Reference.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        return isReference
            ? new SecretReferenceCompleter().CompleteArgument(commandName, parameterName, word, commandAst, fakeBoundParameters)
            : CompletionCompleters.CompleteFilename(word);
    }
}
