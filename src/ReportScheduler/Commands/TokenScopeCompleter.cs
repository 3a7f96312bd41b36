using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands;

/// <summary>Completes what tokens are usually for.</summary>
public sealed class TokenScopeCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] Scopes =
    [
        ("https://outlook.office365.com/.default", "Mail by SMTP through Microsoft 365"),
        ("https://graph.microsoft.com/.default", "Mail through Microsoft Graph"),
        ("https://database.windows.net/.default", "Azure SQL and SQL Server"),
        ("https://ossrdbms-aad.database.windows.net/.default", "Azure Database for PostgreSQL and MySQL"),
        ("https://mail.google.com/", "Mail by SMTP through Gmail"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
            NameCompleter.Complete(wordToComplete, Scopes);
}
