using System.Management.Automation;
using System.Net;
using System.Security;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Secrets;

namespace ReportScheduler.Commands;

/// <summary>The parameters that define a report mail server.</summary>
public abstract class MailServerDefinitionCommand : ReportCommand
{
    /// <summary>The SMTP host.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Host")]
    public string? SmtpHost { get; set; }

    /// <summary>The SMTP port.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalRange(1, 65535)]
    [ValueTransformation(typeof(int))]
    public int Port { get; set; } = 587;

    /// <summary>How the conversation is protected: Auto, StartTls, Tls or None. Where there is TLS, the certificate is verified.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(MailSecurity))]
    public MailSecurity Security { get; set; }

    /// <summary>User name and password for login.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Where the password is when mail is sent: env:NAME, an environment variable or an entry of -EnvFile;
    /// file:PATH, a file that other accounts cannot read, or the name of a credential of systemd; vault:VAULT/NAME, a
    /// secret of SecretManagement, or vault:NAME for its default vault. Needs -UserName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretReferenceForm]
    [ArgumentCompleter(typeof(SecretReferenceCompleter))]
    public string? PasswordReference { get; set; }

    /// <summary>The user name, for a password that comes from -PasswordReference.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? UserName { get; set; }

    /// <summary>The report identity that signs in with a token, in place of a password; an empty text removes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(IdentityNameCompleter))]
    public string? Identity { get; set; }

    /// <summary>The account that runs the report logs in without a password: with Kerberos, or with NTLM on Windows, as to an
    /// on-premises Exchange. On Linux it needs a ticket (kinit, or a keytab that KRB5_CLIENT_KTNAME names).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Integrated { get; set; }

    /// <summary>A certificate that this computer shows to the SMTP server: a .pfx or .pem
    /// file with its private key. An empty text removes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? CertificatePath { get; set; }

    /// <summary>That certificate by its thumbprint in the store of the account or of the machine. An empty text removes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? CertificateThumbprint { get; set; }

    /// <summary>The password of -CertificatePath: a SecureString, a credential, or a reference such as env:NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("CertificatePasswordReference")]
    [SecretTransformation]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>A .env file in which env:NAME is looked up after the environment.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EnvFile { get; set; }

    /// <summary>The sender: an address, or 'Name &lt;address&gt;'.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? From { get; set; }

    /// <summary>How long one step of the conversation may take, such as 30s. An attempt as a whole is given up after
    /// ten times that, plus 5 s for each recipient and 1 s for each 10 KB of the message.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may take to say whether it takes a message that it has whole. Default: 10m, as RFC 5321 wants;
    /// a shorter time may deliver a report twice, since servers that scan attachments answer late.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The largest message in bytes; of larger ones the files are zipped; where that is not enough, the mail is sent without them
    /// and lists the copies in -Destination; without a copy it fails. Default: the limit that the server announces.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalRange(1024, long.MaxValue)]
    [ValueTransformation(typeof(long?))]
    public long? MaxMessageSize { get; set; }

    /// <summary>A folder that gets .eml files instead of a server. It is made when missing, with the rights that any
    /// new folder of this account has, so that the program that takes the mails from it can: restrict them (chmod,
    /// icacls) where the mails are confidential. One that exists keeps its rights.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PickupDirectory { get; set; }

    /// <summary>Sends through Microsoft Graph, with tokens of -Identity: for Microsoft 365 without SMTP. The
    /// application needs the permission Mail.Send, and Mail.ReadWrite for messages over 3 MB.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Graph { get; set; }

    /// <summary>The cloud of Microsoft Graph: Global, UsGov (GCC High), UsGovDoD or China.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(GraphCloud))]
    public GraphCloud Cloud { get; set; }

    /// <summary>The address of Microsoft Graph in a cloud that -Cloud does not name, or of a
    /// stand-in for tests: https, or http on this computer.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? GraphEndpoint { get; set; }

    /// <summary>Microsoft Graph keeps no copy in Sent Items. A mail whose delivery is uncertain cannot be looked for then.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter NoSentItems { get; set; }

    /// <summary>Gives the server the values of the parameters that were given, and no others.</summary>
    private protected void Apply(ReportMailServer server)
    {
        bool Given(string name) => MyInvocation.BoundParameters.ContainsKey(name);

        // an empty cell of a table
        SmtpHost = string.IsNullOrWhiteSpace(SmtpHost) ? null : SmtpHost;
        PickupDirectory = string.IsNullOrWhiteSpace(PickupDirectory) ? null : PickupDirectory;
        From = string.IsNullOrWhiteSpace(From) ? null : From;
        server.SmtpHost = SmtpHost ?? (PickupDirectory is null && !Graph ? server.SmtpHost : null);
        server.PickupDirectory = PickupDirectory is null
            ? (SmtpHost is null && !Graph ? server.PickupDirectory : null)
            : FullPath(PickupDirectory);
        ApplyGraph(server, Given);
        server.Port = Given(nameof(Port)) ? Port : server.Port;
        server.Security = Given(nameof(Security)) ? Security : server.Security;
        server.Timeout = Given(nameof(Timeout)) ? Timeout : server.Timeout;
        server.AnswerTimeout = Given(nameof(AnswerTimeout)) ? AnswerTimeout : server.AnswerTimeout;
        server.MaxMessageSize = Given(nameof(MaxMessageSize)) ? MaxMessageSize : server.MaxMessageSize;
        server.From = From ?? server.From;
        server.UserName = string.IsNullOrWhiteSpace(UserName) && !IsTyped(nameof(UserName)) ? server.UserName : UserName ?? server.UserName;
        server.EnvFile = string.IsNullOrWhiteSpace(EnvFile) ? server.EnvFile : FullPath(EnvFile);
        server.Identity = GivenIdentity(Identity, server.Identity);
        ApplyLogin(server, Given);
        ApplyCertificate(server);
        Check(server);
    }

    /// <summary>The newest way to log in takes the place of the one before.</summary>
    private void ApplyLogin(ReportMailServer server, Func<string, bool> given)
    {
        var other = Credential is not null
            ? nameof(Credential)
            : !string.IsNullOrWhiteSpace(UserName)
            ? nameof(UserName)
            : !string.IsNullOrWhiteSpace(Identity)
            ? nameof(Identity)
            : null;
        if (Integrated && other is not null)
        {
            throw CommandErrors.MailLoginAmbiguous(server.Name, other);
        }

        server.Integrated = given(nameof(Integrated)) ? Integrated : server.Integrated && other is null && server.SmtpHost is not null;
        if (server.Integrated)
        {
            (server.UserName, server.PasswordReference, server.ProtectedPassword, server.Identity) = (null, null, null, null);
        }
    }

    private void ApplyCertificate(ReportMailServer server)
    {
        if (!string.IsNullOrWhiteSpace(CertificatePath))
        {
            (server.CertificatePath, server.CertificateThumbprint) = (FullPath(CertificatePath), null);
        }
        else if (!string.IsNullOrWhiteSpace(CertificateThumbprint))
        {
            (server.CertificatePath, server.CertificateThumbprint) = (null, CertificateThumbprint);
        }
        else if (IsTyped(nameof(CertificatePath)) || IsTyped(nameof(CertificateThumbprint)))
        {
            (server.CertificatePath, server.CertificateThumbprint) = (null, null);
        }

        if (server.CertificatePath is null)
        {
            (server.CertificatePasswordReference, server.ProtectedCertificatePassword) = (null, null);
        }
    }

    private void ApplyGraph(ReportMailServer server, Func<string, bool> given)
    {
        server.Graph = given(nameof(Graph)) ? Graph : server.Graph && SmtpHost is null && PickupDirectory is null;
        if (!server.Graph)
        {
            (server.Cloud, server.GraphEndpoint, server.NoSentItems) = (GraphCloud.Global, null, false);
        }

        server.Cloud = given(nameof(Cloud)) ? Cloud : server.Cloud;
        server.NoSentItems = given(nameof(NoSentItems)) ? NoSentItems : server.NoSentItems;
        server.GraphEndpoint = string.IsNullOrWhiteSpace(GraphEndpoint)
            ? (IsTyped(nameof(GraphEndpoint)) ? null : server.GraphEndpoint)
            : GraphEndpoint.Trim().TrimEnd('/');
    }

    /// <summary>What makes a key or a folder, and so waits for ShouldProcess.</summary>
    private protected void Prepare(ReportMailServer server)
    {
        if (Credential is { } credential)
        {
            server.UserName = credential.UserName;
            (server.PasswordReference, server.ProtectedPassword) = Store.Secrets.Keep(credential.GetNetworkCredential().Password, FullPath);
        }

        if (!string.IsNullOrWhiteSpace(PasswordReference))
        {
            (server.PasswordReference, server.ProtectedPassword) = (SecretReference.WithFullPath(PasswordReference, FullPath), null);
        }

        if (CertificatePassword is { } secret)
        {
            (server.CertificatePasswordReference,
                server.ProtectedCertificatePassword) = Store.Secrets.Keep(new NetworkCredential("", secret).Password, FullPath);
        }

        MailTransports.Of(server).Prepare(server);
    }

    private static void Check(ReportMailServer server)
    {
        if (MailTransports.All.Count(way => way.Serves(server)) != 1)
        {
            throw CommandErrors.MailServerAmbiguous(server.Name);
        }

        if (server.SmtpHost is { } host && Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw CommandErrors.MailHostNotUsable(host);
        }

        if (server.SmtpHost is null && (server.Integrated
            ? "Integrated"
            : server.CertificatePath is not null
            ? "CertificatePath"
            : server.CertificateThumbprint is not null
            ? "CertificateThumbprint"
            : null) is { } login)
        {
            throw CommandErrors.MailOptionNeedsSmtp(login, server.Name);
        }

        CheckGraph(server);
        MailAddresses.Check(server.From is { Length: > 0 } from ? from : throw CommandErrors.SenderMissing(server.Name));
    }

    private static void CheckGraph(ReportMailServer server)
    {
        if (!server.Graph)
        {
            var option = server.NoSentItems
                ? "NoSentItems"
                : server.Cloud != GraphCloud.Global
                ? "Cloud"
                : server.GraphEndpoint is not null
                ? "GraphEndpoint"
                : null;
            if (option is not null)
            {
                throw CommandErrors.MailOptionNeedsGraph(option, server.Name);
            }

            return;
        }

        if (server.Identity is null)
        {
            throw CommandErrors.GraphIdentityMissing(server.Name);
        }

        if (server.GraphEndpoint is { } endpoint
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.PathAndQuery == "/" && address.UserInfo.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
        {
            throw CommandErrors.GraphEndpointNotUsable(endpoint);
        }
    }
}
