using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>PowerShell's wildcards, in what a person gave.</summary>
internal static class Wildcards
{
    /// <summary>A pattern that can be used.</summary>
    /// <exception cref="ReportException">PatternNotUsable.</exception>
    public static WildcardPattern Of(string text, WildcardOptions options = WildcardOptions.IgnoreCase)
    {
        var pattern = new WildcardPattern(text, options);
        try
        {
            // it is read when it is used first
            pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException problem)
        {
            throw CommandErrors.PatternNotUsable(text, problem);
        }
    }
}
