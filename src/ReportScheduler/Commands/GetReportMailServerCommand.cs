using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Lists report mail servers. Passwords are never shown.</summary>
/// <remarks>HasPassword is true when a password, or a reference to one, is stored.</remarks>
/// <example>
/// <code>Get-ReportMailServer</code>
/// <para>Lists all mail servers.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportMailServer")]
[OutputType(typeof(ReportMailServer))]
public sealed class GetReportMailServerCommand : ReportCommand
{
    /// <summary>The names of the report mail servers. Wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MailServerNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    private protected override void Process()
    {
        foreach (var name in Name)
        {
            Guard(() => WriteObject(FindMailServers(name), enumerateCollection: true));
        }
    }
}
