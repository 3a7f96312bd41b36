using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Removes report themes that no report uses.</summary>
/// <remarks>With -Force also one that is used; the reports then have the module's own look, and their runs warn of it.</remarks>
/// <example>
/// <code>Remove-ReportTheme old -WhatIf</code>
/// <para>Shows which theme would be removed.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ReportTheme", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveReportThemeCommand : ReportCommand
{
    /// <summary>The names of the report themes. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ThemeNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Removes it although it is used.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        foreach (var theme in Name.SelectMany(FindThemes))
        {
            Guard(() => Remove(theme));
        }
    }

    private void Remove(ReportTheme theme)
    {
        var users = TasksThatUse(task => [task.Theme], theme.Name);
        if (theme.Name.Equals(Store.GetOption().Theme, StringComparison.OrdinalIgnoreCase))
        {
            users = users is null ? "the store (Set-ReportSchedulerOption -Theme)" : $"the store and by {users}";
        }

        if (users is not null && !Force)
        {
            throw CommandErrors.ThemeInUse(theme.Name, users);
        }

        if (ShouldProcess(theme.Name, "Remove report theme"))
        {
            Store.Themes.Remove(theme.Name);
        }
    }
}
