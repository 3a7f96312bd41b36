using System.Management.Automation;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Changes report themes: only what is given.</summary>
/// <remarks>An empty text takes a value away. The next run of each report has the new look.</remarks>
/// <example>
/// <code>Set-ReportTheme contoso -Logo ./new-logo.png -PassThru</code>
/// <para>Gives the theme another logo.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ReportTheme", SupportsShouldProcess = true)]
[OutputType(typeof(ReportTheme))]
public sealed class SetReportThemeCommand : ThemeDefinitionCommand
{
    /// <summary>The name of the report theme.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThemeNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Shows the changed theme.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var (was, theme) = (Store.ThemeNamed(Name), Store.ThemeNamed(Name));
        Apply(theme);
        if (!ShouldProcess(Name, "Change report theme"))
        {
            return;
        }

        Store.Themes.Update(was, theme, () => Store.ThemeNamed(Name), Apply);
        if (PassThru)
        {
            WriteObject(Store.Themes.Find(Name));
        }
    }
}
