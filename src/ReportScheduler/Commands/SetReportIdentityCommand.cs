using System.Management.Automation;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Changes report identities: only what is given.</summary>
/// <remarks>A secret and a certificate take each other's place. What an identity signs in as
/// stays: make another one, or the same with New-ReportIdentity -Force.</remarks>
/// <example>
/// <code>Set-ReportIdentity corp -ClientSecret (Read-Host -AsSecureString) -SecretExpiresAt 2027-11-01</code>
/// <para>Gives a new secret in place of one that ends.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ReportIdentity", SupportsShouldProcess = true)]
[OutputType(typeof(ReportIdentity))]
public sealed class SetReportIdentityCommand : IdentityDefinitionCommand
{
    /// <summary>The name of the report identity.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(IdentityNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Shows the changed identity.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var (was, identity) = (Store.IdentityNamed(Name), Store.IdentityNamed(Name));
        Apply(identity);
        if (!ShouldProcess(Name, "Change report identity"))
        {
            return;
        }

        Prepare(identity);
        Store.Identities.Update(was, identity, () => Store.IdentityNamed(Name), current =>
        {
            Apply(current);
            Prepare(current);
        });
        if (PassThru)
        {
            WriteObject(Store.Identities.Find(Name));
        }
    }
}
