namespace ReportScheduler.Commands.Scripts;

/// <summary>What a script runs in.</summary>
internal static class ScriptBody
{
    /// <summary>Only within try does an error that ends a statement, such as a command that is not there, end the script.</summary>
    public const string Text = "param($ReportScript, $ReportParameters) try { . $ReportScript @ReportParameters } catch { throw }";
}
