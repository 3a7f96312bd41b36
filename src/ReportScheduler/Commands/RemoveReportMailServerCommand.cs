using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Removes report mail servers that no task uses.</summary>
/// <remarks>With -Force also one that tasks use; their mail then fails with an error that names it.</remarks>
/// <example>
/// <code>Remove-ReportMailServer old -WhatIf</code>
/// <para>Shows which mail server would be removed.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ReportMailServer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveReportMailServerCommand : ReportCommand
{
    /// <summary>The names of the report mail servers. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MailServerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Removes it although tasks use it.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        foreach (var server in Name.SelectMany(FindMailServers))
        {
            Guard(() => Remove(server));
        }
    }

    private void Remove(ReportMailServer server)
    {
        if (TasksThatUse(task => [task.MailServer], server.Name) is { } users && !Force)
        {
            throw CommandErrors.MailServerInUse(server.Name, users);
        }

        if (ShouldProcess(server.Name, "Remove report mail server"))
        {
            Store.MailServers.Remove(server.Name);
        }
    }
}
