using System.Management.Automation;
using ReportScheduler.Sources;

namespace ReportScheduler.Commands;

/// <summary>Lists report connections. Passwords are never shown.</summary>
/// <remarks>HasPassword is true when a password, or a reference to one, is stored.</remarks>
/// <example>
/// <code>Get-ReportConnection</code>
/// <para>Lists all connections.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportConnection")]
[OutputType(typeof(ReportConnection))]
public sealed class GetReportConnectionCommand : ReportCommand
{
    /// <summary>The names of the report connections. Wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    private protected override void Process()
    {
        foreach (var name in Name)
        {
            Guard(() => WriteObject(FindConnections(name).Select(ConnectionPlace.Show), enumerateCollection: true));
        }
    }
}
