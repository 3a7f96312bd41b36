using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ReportScheduler.Sources.Providers.Odbc;

namespace ReportScheduler.Commands;

/// <summary>Completes env:NAME with the variables of the environment, the beginning of an ODBC connection string with the drivers and
/// data sources of this computer, and anything else as the file of a database. Nothing is connected to.</summary>
public sealed class ConnectionStringCompleter : IArgumentCompleter
{
    private const string Reference = "env:";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        if (word.Length > 0 && (word.StartsWith(Reference, StringComparison.OrdinalIgnoreCase)
            || Reference.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            return new SecretReferenceCompleter().CompleteArgument(commandName, parameterName, word, commandAst, fakeBoundParameters);
        }

        var isOdbc = word.Length > 0 || $"{fakeBoundParameters["Provider"]}".Equals("Odbc", StringComparison.OrdinalIgnoreCase);
        var starts = isOdbc ? NameCompleter.Complete(wordToComplete ?? "", OdbcStarts()).ToList() : [];
        return starts.Count > 0 ? starts : CompletionCompleters.CompleteFilename(word);
    }

    private static IEnumerable<string> OdbcStarts() =>
        OdbcInstallation.DriverNames().Select(name => $"Driver={{{name}}};")
            .Concat(OdbcInstallation.SourceNames().Select(name => $"DSN={name};"));
}
