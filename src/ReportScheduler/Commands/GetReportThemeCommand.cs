using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Lists report themes.</summary>
/// <remarks>LogoPicture is the logo itself, Logo the file that it was read from.</remarks>
/// <example>
/// <code>Get-ReportTheme</code>
/// <para>Lists the themes of the store; Get-ReportSchedulerOption says which one is that of all reports.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportTheme")]
[OutputType(typeof(ReportTheme))]
public sealed class GetReportThemeCommand : ReportCommand
{
    /// <summary>The names of the report themes. Wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ThemeNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    private protected override void Process()
    {
        foreach (var name in Name)
        {
            Guard(() => WriteObject(FindThemes(name), enumerateCollection: true));
        }
    }
}
