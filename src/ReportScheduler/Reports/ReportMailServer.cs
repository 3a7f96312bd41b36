namespace ReportScheduler;

/// <summary>A named way to send: an SMTP host, Microsoft Graph, or a pickup folder of .eml files.</summary>
public sealed class ReportMailServer
{
    /// <summary>The name, unique without regard to case.</summary>
    public string Name { get; set; } = "";

    /// <summary>The SMTP host; null for another way.</summary>
    public string? SmtpHost { get; set; }

    /// <summary>The SMTP port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the conversation is protected.</summary>
    public MailSecurity Security { get; set; }

    /// <summary>The user name for login; null for none.</summary>
    public string? UserName { get; set; }

    /// <summary>Whether a password is kept for it, or a reference <c>env:NAME</c> to one.</summary>
    public bool HasPassword => ProtectedPassword is not null || PasswordReference is not null;

    /// <summary>The report identity that signs in with a token, in place of a password; null for none.</summary>
    public string? Identity { get; set; }

    /// <summary>The sender's address, or <c>Name &lt;address&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>How long one step of the conversation may take; a whole one up to the end of the
    /// message at most ten times that, and what recipients and size add.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may take to say whether it takes a message that it
    /// has: ten minutes, as RFC 5321 section 4.5.3.2.6 wants.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The largest message in bytes that is sent; null for what the server says.</summary>
    public long? MaxMessageSize { get; set; }

    /// <summary>The folder that gets .eml files instead of a server; null for a server.</summary>
    public string? PickupDirectory { get; set; }

    /// <summary>The reference <c>env:NAME</c> that stands for the password.</summary>
    public string? PasswordReference { get; set; }

    /// <summary>A .env file in which references are looked up after the environment.</summary>
    public string? EnvFile { get; set; }

    /// <summary>Whether the account that runs logs in without a password: with Kerberos, or with NTLM on Windows.</summary>
    public bool Integrated { get; set; }

    /// <summary>The file of the certificate that this computer shows to the server,
    /// .pfx or .pem with its private key; null for none.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The thumbprint of that certificate in the store of this account or of the machine; null for none.</summary>
    public string? CertificateThumbprint { get; set; }

    /// <summary>The reference that stands for the password of the certificate's file; null for none.</summary>
    public string? CertificatePasswordReference { get; set; }

    /// <summary>Whether mail goes through Microsoft Graph, with tokens of <see cref="Identity"/>.</summary>
    public bool Graph { get; set; }

    /// <summary>The cloud of Microsoft Graph.</summary>
    public GraphCloud Cloud { get; set; }

    /// <summary>The address of Microsoft Graph where it is in no cloud that <see cref="Cloud"/> names; null for that one.</summary>
    public string? GraphEndpoint { get; set; }

    /// <summary>Whether Microsoft Graph keeps no copy in Sent Items. A mail whose
    /// delivery is uncertain cannot be looked for then.</summary>
    public bool NoSentItems { get; set; }

    internal string? ProtectedPassword { get; set; }

    internal string? ProtectedCertificatePassword { get; set; }

    /// <summary>The address of Microsoft Graph (https://learn.microsoft.com/graph/deployments).</summary>
    internal string GraphAddress => GraphEndpoint ?? Cloud switch
    {
        GraphCloud.UsGov => "https://graph.microsoft.us",
        GraphCloud.UsGovDoD => "https://dod-graph.microsoft.us",
        GraphCloud.China => "https://microsoftgraph.chinacloudapi.cn",
        _ => "https://graph.microsoft.com",
    };

    /// <summary>What a token for Microsoft Graph is for.</summary>
    internal string GraphScope => $"{GraphAddress}/.default";

    /// <summary>The name, as in messages.</summary>
    public override string ToString() => Name;
}
