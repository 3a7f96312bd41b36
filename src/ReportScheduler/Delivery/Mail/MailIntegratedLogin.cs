using MailKit.Net.Smtp;
using MailKit.Security;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The account that runs logs in without a password: with Kerberos (RFC 4752), or
/// with NTLM on Windows where the server has nothing better.</summary>
internal static class MailIntegratedLogin
{
    /// <param name="client">The connected client.</param>
    /// <param name="server">The mail server.</param>
    /// <param name="name">Host and port, for messages.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ReportException">The server offers neither, or refused the
    /// account; the message says what Kerberos needs.</exception>
    public static void LogIn(ReportSmtpClient client, ReportMailServer server, string name, CancellationToken cancel)
    {
        // smtp, as Active Directory and MIT Kerberos write it
        var service = $"smtp/{server.SmtpHost}";
        var offered = client.AuthenticationMechanisms;
        SaslMechanism mechanism = offered.Contains("GSSAPI") ? new SaslMechanismGssapi { ServicePrincipalName = service }
            : offered.Contains("NTLM") && OperatingSystem.IsWindows() ? new SaslMechanismNtlmNative { ServicePrincipalName = service }
            : throw MailErrors.MailIntegratedNotOffered(name, offered);
        try
        {
            client.Within(token => client.Authenticate(mechanism, token), cancel);
        }
        catch (Exception problem) when (IsRefusal(problem))
        {
            throw MailErrors.MailIntegratedRefused(name, Environment.UserName, service, problem);
        }
    }

    /// <summary>Whether the login was refused, here or by the server, and not put off.</summary>
    private static bool IsRefusal(Exception problem) =>
        problem is SaslException || (problem is AuthenticationException
            && problem.InnerException is not SmtpCommandException { StatusCode: < (SmtpStatusCode)500 });
}
