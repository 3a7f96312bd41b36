using System.Management.Automation;
using System.Net;
using System.Security;
using ReportScheduler.Identities;
using ReportScheduler.Secrets;

namespace ReportScheduler.Commands;

/// <summary>The parameters that define a report identity.</summary>
public abstract class IdentityDefinitionCommand : ReportCommand
{
    /// <summary>The tenant of Entra ID: its 'Directory (tenant) ID', or a domain of it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? TenantId { get; set; }

    /// <summary>The 'Application (client) ID' of the app registration, or the client id of a user-assigned managed identity.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ClientId { get; set; }

    /// <summary>The application's secret: a SecureString, a credential with it as its password,
    /// or a reference env:NAME, file:PATH or vault:VAULT/NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SecretReference")]
    [SecretTransformation]
    [ArgumentCompleter(typeof(SecretReferenceCompleter))]
    public SecureString? ClientSecret { get; set; }

    /// <summary>When the secret expires, as the portal shows; reports warn 30 days before. A certificate includes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [InstantTransformation]
    public DateTime? SecretExpiresAt { get; set; }

    /// <summary>The application's certificate with its private key, a .pfx or .pem file. It is read when a token is needed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? CertificatePath { get; set; }

    /// <summary>The password of that file: a SecureString, a credential, or a reference.</summary>
    [Parameter]
    [SecretTransformation]
    [ArgumentCompleter(typeof(SecretReferenceCompleter))]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The thumbprint of the application's certificate in the store of the
    /// account that runs the task, or of the machine.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? CertificateThumbprint { get; set; }

    /// <summary>The JSON key file of a Google service account. It is read when a token is needed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ServiceAccountKeyPath { get; set; }

    /// <summary>The person or mailbox that the Google service account acts for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Subject { get; set; }

    /// <summary>Where Entra ID gives tokens, for a cloud of its own: https://login.microsoftonline.us for
    /// the US Government, https://login.partner.microsoftonline.cn for China.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AuthorityHostCompleter))]
    public string? AuthorityHost { get; set; }

    /// <summary>A .env file in which env:NAME is looked up after the environment.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EnvFile { get; set; }

    /// <summary>Gives the identity the values of the parameters that were given, and no others.</summary>
    private protected void Apply(ReportIdentity identity)
    {
        identity.TenantId = Given(TenantId) ?? identity.TenantId;
        identity.ClientId = Given(ClientId) ?? identity.ClientId;
        identity.Subject = Given(Subject) ?? identity.Subject;
        identity.AuthorityHost = Given(AuthorityHost) ?? identity.AuthorityHost;
        identity.EnvFile = Given(EnvFile) is { } file ? FullPath(file) : identity.EnvFile;
        identity.ServiceAccountKeyPath = Given(ServiceAccountKeyPath) is { } key ? FullPath(key) : identity.ServiceAccountKeyPath;
        // the end of another secret says nothing about a new one
        identity.SecretExpiresAt = SecretExpiresAt is { } end
            ? new DateTimeOffset(end)
            : ClientSecret is null
            ? identity.SecretExpiresAt
            : null;
        ApplyCertificate(identity);
        if ((ClientSecret ?? CertificatePassword) is { } secret)
        {
            var text = new NetworkCredential("", secret).Password;
            if (text.Length == 0 && ClientSecret is not null)
            {
                throw IdentityErrors.IdentityNotUsable(identity.Name, "its -ClientSecret is empty");
            }

            var isReference = SecretReference.IsSecret(text);
            // what is protected makes a key, and so waits for ShouldProcess
            identity.SecretReference = isReference ? SecretReference.WithFullPath(text, FullPath) : null;
            identity.ProtectedSecret = isReference ? null : "";
        }

        IdentityRules.Check(identity);
    }

    /// <summary>What makes a key, and so waits for ShouldProcess.</summary>
    private protected void Prepare(ReportIdentity identity)
    {
        if (KeyFile.Warning(identity) is { } warning)
        {
            WriteWarning(warning);
        }

        if (identity.ProtectedSecret is "" && (ClientSecret ?? CertificatePassword) is { } secret)
        {
            identity.ProtectedSecret = Store.Secrets.Protect(new NetworkCredential("", secret).Password);
        }
    }

    /// <summary>A secret and a certificate take each other's place.</summary>
    private void ApplyCertificate(ReportIdentity identity)
    {
        if (Given(CertificatePath) is { } path)
        {
            (identity.CertificatePath, identity.CertificateThumbprint) = (FullPath(path), null);
            (identity.SecretReference, identity.ProtectedSecret) = (null, null);
        }

        if (Given(CertificateThumbprint) is { } thumbprint)
        {
            (identity.CertificateThumbprint, identity.CertificatePath) =
                (thumbprint.Replace(" ", "", StringComparison.Ordinal), Given(CertificatePath) is null ? null : identity.CertificatePath);
            (identity.SecretReference, identity.ProtectedSecret) = (null, null);
        }

        if (ClientSecret is not null && CertificatePath is null && CertificateThumbprint is null)
        {
            (identity.CertificatePath, identity.CertificateThumbprint) = (null, null);
        }

        if (CertificatePassword is not null && identity.CertificatePath is null)
        {
            throw IdentityErrors.IdentityNotUsable(identity.Name, "-CertificatePassword is for a file, -CertificatePath");
        }

        // of a piped identity the secret is what its certificate's file is opened with
        if (IsTyped(nameof(ClientSecret)) && identity.CertificatePath is not null)
        {
            throw IdentityErrors.IdentityNotUsable(identity.Name, "it has -ClientSecret and a certificate; give one of them, and the "
                + "password of a certificate's file with -CertificatePassword");
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
