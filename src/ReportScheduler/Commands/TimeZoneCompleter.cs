using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands;

/// <summary>Completes the ids of the time zones that this computer knows.</summary>
public sealed class TimeZoneCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        // people know the city and not its continent; what begins with the word comes first
        NameCompleter.Complete("*" + Word(wordToComplete),
            TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Append("UTC").Distinct()
            .OrderBy(zone => zone != "UTC" || !zone.StartsWith(Word(wordToComplete), StringComparison.OrdinalIgnoreCase))
            .ThenBy(zone => !zone.StartsWith(Word(wordToComplete), StringComparison.OrdinalIgnoreCase))
            .ThenBy(zone => zone, StringComparer.Ordinal));

    private static string Word(string word) => word.Trim('\'', '"');
}
