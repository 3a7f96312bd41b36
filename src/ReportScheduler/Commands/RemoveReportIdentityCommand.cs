using System.Management.Automation;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Removes report identities that no connection and no mail server uses.</summary>
/// <remarks>With -Force also one that is used; what uses it then fails with an error that names it.</remarks>
/// <example>
/// <code>Remove-ReportIdentity old -WhatIf</code>
/// <para>Shows which identity would be removed.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ReportIdentity", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveReportIdentityCommand : ReportCommand
{
    /// <summary>The names of the report identities. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdentityNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Removes it although it is used.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        foreach (var identity in Name.SelectMany(FindIdentities))
        {
            Guard(() => Remove(identity));
        }
    }

    private void Remove(ReportIdentity identity)
    {
        bool Uses(string? name) => identity.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
        string[] users =
        [
            .. Store.Connections.All().Where(connection => Uses(connection.Identity))
                .Select(connection => $"the report connection '{connection.Name}'"),
            .. Store.MailServers.All().Where(server => Uses(server.Identity)).Select(server => $"the report mail server '{server.Name}'"),
        ];
        if (users.Length > 0 && !Force)
        {
            throw CommandErrors.IdentityInUse(identity.Name, EnglishText.List(users, "and"));
        }

        if (ShouldProcess(identity.Name, "Remove report identity"))
        {
            Store.Identities.Remove(identity.Name);
        }
    }
}
