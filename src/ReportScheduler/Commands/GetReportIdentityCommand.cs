using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Lists report identities. Secrets and tokens are never shown.</summary>
/// <remarks>HasSecret is true when a secret, or a reference to one, is stored.</remarks>
/// <example>
/// <code>Get-ReportIdentity | Where-Object SecretExpiresAt -lt (Get-Date).AddDays(60)</code>
/// <para>Lists those whose secret ends within sixty days.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportIdentity")]
[OutputType(typeof(ReportIdentity))]
public sealed class GetReportIdentityCommand : ReportCommand
{
    /// <summary>The names of the report identities. Wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdentityNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    private protected override void Process()
    {
        foreach (var name in Name)
        {
            Guard(() => WriteObject(FindIdentities(name), enumerateCollection: true));
        }
    }
}
