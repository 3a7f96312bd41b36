using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Names the look of a house: brand colour, logo, font, footer and sender line.</summary>
/// <remarks>
/// PDF, workbook, HTML page, mail and charts read the same theme. Set-ReportSchedulerOption -Theme makes it that of all reports,
/// New-ReportTask -Theme that of one. A task's own -Logo comes before that of its theme.
/// </remarks>
/// <example>
/// <code>New-ReportTheme contoso -BrandColor '#0B5394' -Logo ./logo.png -Footer 'Contoso, internal use' -SenderLine 'Finance Operations'
/// Set-ReportSchedulerOption -Theme contoso</code>
/// <para>Makes a theme, and gives it to all reports whose task names none.</para>
/// </example>
/// <example>
/// <code>New-ReportTheme plain -Font Georgia
/// Set-ReportTask 'Board report' -Theme plain</code>
/// <para>Gives one report a look of its own.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportTheme", SupportsShouldProcess = true)]
[OutputType(typeof(ReportTheme))]
public sealed class NewReportThemeCommand : ThemeDefinitionCommand
{
    /// <summary>The theme's name, unique without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>A theme of that name is replaced.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        var theme = new ReportTheme { Name = Name };
        Apply(theme);
        if (!ShouldProcess(Name, "Create report theme"))
        {
            return;
        }

        Store.Themes.Put(theme, Force ? PutMode.Replace : PutMode.Add);
        WriteObject(Store.Themes.Find(Name));
    }
}
