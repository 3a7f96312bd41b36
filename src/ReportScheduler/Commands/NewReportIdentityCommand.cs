using System.Management.Automation;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Names a way to sign in with tokens in place of a password: an application of
/// Entra ID, a managed identity, a Google service account.</summary>
/// <remarks>
/// Mail servers and connections refer to it with -Identity. Tokens are fetched when they are needed, kept in memory only, and renewed
/// before they end. The secret is kept apart and protected, and never shown; better is a certificate, or a managed identity that has none.
/// Nothing is asked here: Test-ReportIdentity does that.
/// </remarks>
/// <example>
/// <code>New-ReportIdentity corp -TenantId contoso.com -ClientId 11111111-2222-3333-4444-555555555555 -CertificatePath ./app.pfx -CertificatePassword env:APP_PFX_PASSWORD</code>
/// <para>An application of Entra ID that signs with a certificate.</para>
/// </example>
/// <example>
/// <code>New-ReportIdentity corp -TenantId contoso.com -ClientId 11111111-2222-3333-4444-555555555555 -ClientSecret (Read-Host -AsSecureString) -SecretExpiresAt 2027-05-01</code>
/// <para>An application with a secret. From 2027-04-01 on, Test-ReportIdentity and Test-ReportTask warn that it expires.</para>
/// </example>
/// <example>
/// <code>New-ReportIdentity azure -ManagedIdentity</code>
/// <para>The identity that Azure gives this virtual machine or app.</para>
/// </example>
/// <example>
/// <code>New-ReportIdentity google -ServiceAccountKeyPath ./key.json -Subject reports@example.com</code>
/// <para>A service account of Google that acts for a mailbox.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportIdentity", SupportsShouldProcess = true)]
[OutputType(typeof(ReportIdentity))]
public sealed class NewReportIdentityCommand : IdentityDefinitionCommand
{
    /// <summary>The identity's name, unique without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>The identity that Azure gives this virtual machine, app or container; with -ClientId a user-assigned one.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter ManagedIdentity { get; set; }

    /// <summary>A federated token of Kubernetes or a pipeline, as
    /// AZURE_FEDERATED_TOKEN_FILE, AZURE_TENANT_ID and AZURE_CLIENT_ID name it.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter WorkloadIdentity { get; set; }

    /// <summary>What the machine offers: environment, workload identity, managed identity, Azure CLI, Azure PowerShell.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter AzureDefault { get; set; }

    /// <summary>What it signs in as, for objects from the pipeline; the other parameters say it by themselves.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [ValueTransformation(typeof(ReportIdentityKind?))]
    public ReportIdentityKind? Kind { get; set; }

    /// <summary>An identity of that name is replaced.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        ReportName.Check(Name);
        var identity = new ReportIdentity { Name = Name, Kind = Meant() };
        Apply(identity);
        if (!ShouldProcess(Name, "Create report identity"))
        {
            return;
        }

        Prepare(identity);
        Store.Identities.Put(identity, Force ? PutMode.Replace : PutMode.Add);
        WriteObject(Store.Identities.Find(Name));
    }

    private ReportIdentityKind Meant()
    {
        var named = new[]
        {
            (ManagedIdentity.IsPresent, ReportIdentityKind.ManagedIdentity),
            (WorkloadIdentity.IsPresent, ReportIdentityKind.WorkloadIdentity),
            (AzureDefault.IsPresent, ReportIdentityKind.AzureDefault),
            (!string.IsNullOrWhiteSpace(ServiceAccountKeyPath), ReportIdentityKind.GoogleServiceAccount),
        }.Where(choice => choice.Item1).Select(choice => choice.Item2).ToList();
        return named.Count > 1
            ? throw CommandErrors.IdentityAmbiguous(Name, named)
            : named is [var one]
            ? one
            : Kind ?? ReportIdentityKind.EntraApplication;
    }
}
