using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Removes report connections that no task uses.</summary>
/// <remarks>With -Force also one that tasks use; their next run then fails with an error that names it.</remarks>
/// <example>
/// <code>Remove-ReportConnection old -WhatIf</code>
/// <para>Shows which connection would be removed.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ReportConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveReportConnectionCommand : ReportCommand
{
    /// <summary>The names of the report connections. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Removes it although tasks use it.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        foreach (var connection in Name.SelectMany(FindConnections))
        {
            Guard(() => Remove(connection));
        }
    }

    private void Remove(ReportConnection connection)
    {
        if (TasksThatUse(task => task.Connections(), connection.Name) is { } users && !Force)
        {
            throw CommandErrors.ConnectionInUse(connection.Name, users);
        }

        if (ShouldProcess(connection.Name, "Remove report connection"))
        {
            Store.Connections.Remove(connection.Name);
        }
    }
}
