using System.Collections;
using System.Globalization;
using ReportScheduler.Text;

namespace ReportScheduler;

/// <summary>The command that runs the report of a run again for the same due time.</summary>
internal static class AgainCommand
{
    /// <summary>A line that can be pasted at a PowerShell prompt.</summary>
    public static string Of(ReportRun run) =>
        string.Create(CultureInfo.InvariantCulture,
            $"Invoke-ReportTask -Name {PowerShellText.Quoted(run.TaskName)} -AsOf '{run.DueAt:yyyy-MM-ddTHH:mm:sszzz}'")
        + (run.Parameters is { Count: > 0 } parameters ? $" -Parameters {Table(parameters)}" : "");

    private static string Table(IDictionary parameters) =>
        "@{ " + string.Join("; ", parameters.Cast<DictionaryEntry>()
            .Select(entry => $"{PowerShellText.Quoted($"{entry.Key}")} = {Value(entry.Value)}"))
            + $" }}";

    private static string Value(object? value) => value switch
    {
        null => "$null",
        bool flag => flag ? "$true" : "$false",
        string text => PowerShellText.Quoted(text),
        int or long or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        DateTime or DateTimeOffset or DateOnly or TimeOnly =>
            PowerShellText.Quoted(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture)),
        Array items and not byte[] => $"@({string.Join(", ", items.Cast<object?>().Select(Value))})",
        _ => PowerShellText.Quoted(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
