using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands;

/// <summary>Completes env:NAME with the variables of the environment. Their values are not shown.</summary>
public sealed class SecretReferenceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompleter.Complete(wordToComplete, Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.OrdinalIgnoreCase).Select(name => $"env:{name}"));
}
