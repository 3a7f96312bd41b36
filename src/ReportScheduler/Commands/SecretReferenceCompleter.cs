using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands;

/// <summary>Completes env:NAME with the variables of the environment, and file: with the secrets that
/// Docker and systemd put there. No value is shown, and no vault is opened.</summary>
public sealed class SecretReferenceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        NameCompleter.Complete(wordToComplete, [
            .. Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.OrdinalIgnoreCase)
                .Select(name => $"env:{name}"),
            .. Files(Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY")).Select(path => $"file:{Path.GetFileName(path)}"),
            .. Files("/run/secrets").Select(path => $"file:{path}"),
        ]);

    private static string[] Files(string? folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
