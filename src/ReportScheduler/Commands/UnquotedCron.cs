using System.Text.RegularExpressions;

namespace ReportScheduler.Commands;

/// <summary>A word like <c>@daily</c> without quotes, which PowerShell reads as a splatted variable that has no value.</summary>
internal static partial class UnquotedCron
{
    public static bool IsIn(string line) => Word().IsMatch(line);

    [GeneratedRegex(@"-Cron(\s+|\s*:\s*)@\w", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
