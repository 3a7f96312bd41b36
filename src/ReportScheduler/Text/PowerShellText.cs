namespace ReportScheduler.Text;

/// <summary>Text as PowerShell reads it.</summary>
internal static class PowerShellText
{
    // PowerShell takes each of these for a single quote: ' and U+2018 to U+201B (about_Quoting_Rules)
    private const string Quotes = "'\u2018\u2019\u201A\u201B";

    /// <summary>A string literal in single quotes. Every character that PowerShell takes for a single quote is doubled.</summary>
    public static string Quoted(string text) =>
        $"'{string.Concat(text.Select(each => Quotes.Contains(each, StringComparison.Ordinal) ? new string(each, 2) : each.ToString()))}'";
}
