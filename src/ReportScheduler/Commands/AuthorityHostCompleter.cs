using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands;

/// <summary>Completes the addresses of Entra ID in the clouds of Microsoft.</summary>
public sealed class AuthorityHostCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] Clouds =
    [
        ("https://login.microsoftonline.com", "Global"),
        ("https://login.microsoftonline.us", "US Government"),
        ("https://login.partner.microsoftonline.cn", "China, operated by 21Vianet"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
            NameCompleter.Complete(wordToComplete, Clouds);
}
