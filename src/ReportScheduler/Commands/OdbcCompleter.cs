using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ReportScheduler.Sources.Providers.Odbc;

namespace ReportScheduler.Commands;

/// <summary>Completes the beginning of an ODBC connection string with the drivers and data sources of this computer; nothing is connected to.</summary>
public sealed class OdbcCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        string.IsNullOrEmpty(wordToComplete.Trim('\'', '"')) && !$"{fakeBoundParameters["Provider"]}".Equals("Odbc", StringComparison.OrdinalIgnoreCase) ? []
            : NameCompleter.Complete(wordToComplete, OdbcInstallation.DriverNames().Select(name => $"Driver={{{name}}};").Concat(OdbcInstallation.SourceNames().Select(name => $"DSN={name};")));
}
