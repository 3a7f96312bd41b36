using MailKit.Security;
using ReportScheduler.Identities;
using ReportScheduler.Secrets;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Logs in with a token, as Microsoft 365 and Gmail want it (XOAUTH2,
/// https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).</summary>
internal sealed class MailTokenLogin(MailAccess access)
{
    /// <summary>The SASL mechanism.</summary>
    public const string Mechanism = "XOAUTH2";

    private readonly ReportMailServer server = access.Server;
    private readonly ReportIdentity identity = access.Secrets.IdentityNamed(access.Server.Identity!);

    /// <summary>The mailbox that mail is sent from: the user that was named, the subject of a service account, or the sender.</summary>
    public string Mailbox => server.UserName ?? identity.Subject ?? MailAddresses.Parse(server.From).Address;

    private string Scope => IdentityUses.Smtp(server.SmtpHost, identity.Kind);

    /// <summary>A token for the server; one that is known and holds is used again.</summary>
    /// <exception cref="ReportException">The identity gets none.</exception>
    public IdentityToken Token(CancellationToken cancel) =>
        access.Secrets.GetTokenAsync(identity.Name, Scope, cancel).GetAwaiter().GetResult();

    /// <summary>Drops a token that was refused: it may be from before a permission was given.</summary>
    public void Forget() => access.Secrets.ForgetToken(identity.Name, Scope);

    /// <exception cref="AuthenticationException">The server refused it.</exception>
    public void LogIn(ReportSmtpClient client, IdentityToken token, CancellationToken cancel)
    {
        if (!client.AuthenticationMechanisms.Contains(Mechanism))
        {
            throw MailErrors.MailTokenNotOffered(SmtpPlace.NameOf(server), identity.Name, client.AuthenticationMechanisms);
        }

        client.Within(stop => client.Authenticate(new SaslMechanismOAuth2(Mailbox, token.Text), stop), cancel);
    }

    /// <summary>Why the server refused, and what an administrator does about it.</summary>
    public ReportException Explain(IdentityToken token, Exception problem)
    {
        var (name, said) = (SmtpPlace.NameOf(server), problem.Message);
        if (MailLoginProblem.Of(server, problem) is { } known)
        {
            return known;
        }

        if (identity.Kind == ReportIdentityKind.GoogleServiceAccount)
        {
            return MailErrors.MailTokenRefusedByGoogle(name, identity.Name, Mailbox, said, problem);
        }

        var roles = TokenClaims.Roles(token);
        return roles.Length > 0 && !roles.Contains("SMTP.SendAsApp", StringComparer.OrdinalIgnoreCase)
            ? MailErrors.MailPermissionMissing(name, identity.Name, roles, problem)
            : MailErrors.MailTokenRefused(name, identity.Name, identity.ClientId, Mailbox, said, problem);
    }
}
