namespace ReportScheduler;

/// <summary>A named way to sign in with tokens in place of a password. Connections and mail
/// servers refer to it; secrets and tokens are never shown.</summary>
public sealed class ReportIdentity
{
    /// <summary>The name, unique without regard to case.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it signs in as.</summary>
    public ReportIdentityKind Kind { get; set; }

    /// <summary>The tenant of Entra ID: its id, or a domain of it; null where the machine knows it.</summary>
    public string? TenantId { get; set; }

    /// <summary>The application's id, or the one of a user-assigned managed identity; null where the machine knows it.</summary>
    public string? ClientId { get; set; }

    /// <summary>The file of the application's certificate with its private key, .pfx or .pem; null for none.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The thumbprint of the certificate in the store of this account or of the machine; null for none.</summary>
    public string? CertificateThumbprint { get; set; }

    /// <summary>Whether a secret, or the password of the certificate's file, is kept for it, or a reference to one.</summary>
    public bool HasSecret => ProtectedSecret is not null || SecretReference is not null;

    /// <summary>The reference that stands for the secret, or for the password of the
    /// certificate's file: <c>env:</c>, <c>file:</c> or <c>vault:</c>.</summary>
    public string? SecretReference { get; set; }

    /// <summary>When the secret ends, as the person who made it knows; null when nobody said. A certificate includes it.</summary>
    public DateTimeOffset? SecretExpiresAt { get; set; }

    /// <summary>The key file of the Google service account; null for the others.</summary>
    public string? ServiceAccountKeyPath { get; set; }

    /// <summary>The person or mailbox that a Google service account acts for; null for itself.</summary>
    public string? Subject { get; set; }

    /// <summary>Where Entra ID gives tokens, for clouds of their own; null for the public cloud.</summary>
    public string? AuthorityHost { get; set; }

    /// <summary>A .env file in which references are looked up after the environment.</summary>
    public string? EnvFile { get; set; }

    internal string? ProtectedSecret { get; set; }

    /// <summary>The name, as in messages.</summary>
    public override string ToString() => Name;
}
