using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using ReportScheduler.Secrets;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Connects to a mail server and logs in, or says in words a person can act on why it cannot.</summary>
internal static class MailSession
{
    /// <summary>Host and port, as in messages.</summary>
    public static string NameOf(ReportMailServer server) => $"{server.SmtpHost}:{server.Port}";

    /// <summary>A connected client, logged in where the server has a user.</summary>
    /// <exception cref="ReportException">What is wrong; without the password.</exception>
    public static ReportSmtpClient Open(MailAccess access, CancellationToken cancel)
    {
        var server = access.Server;
        var password = SecretReference.ValueOf(server.PasswordReference, server.EnvFile, server.ProtectedPassword, access.Secrets);
        var client = new ReportSmtpClient(server);
        try
        {
            client.Open(server.SmtpHost ?? "", server.Port, Options(server), cancel);
            if (server.UserName is { } user)
            {
                LogIn(client, server, user, password ?? "", cancel);
            }

            return client;
        }
        catch (Exception problem)
        {
            client.Dispose();
            if (Explain(problem, server, cancel) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    private static void LogIn(ReportSmtpClient client, ReportMailServer server, string user, string password, CancellationToken cancel)
    {
        if (!client.IsSecure && server.Security != MailSecurity.None)
        {
            throw MailErrors.MailLoginNeedsTls(NameOf(server));
        }

        if (!client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
        {
            throw MailErrors.MailLoginNotOffered(NameOf(server), user);
        }

        client.Within(token => client.Authenticate(user, password, token), cancel);
    }

    private static ReportException? Explain(Exception problem, ReportMailServer server, CancellationToken cancel)
    {
        var name = NameOf(server);
        return problem switch
        {
            ReportException => null,
            OperationCanceledException when cancel.IsCancellationRequested => null,
            SslHandshakeException { ServerCertificate: null } => MailErrors.MailTlsFailed(name, problem),
            SslHandshakeException => MailErrors.MailCertificateNotTrusted(name, problem),
            AuthenticationException { InnerException: SmtpCommandException refused } when (int)refused.StatusCode is >= 400 and < 500 =>
                MailErrors.MailRefused(name, refused),
            AuthenticationException or SaslException => MailErrors.MailLoginRefused(name, server.UserName, problem),
            NotSupportedException when server.Security == MailSecurity.StartTls => MailErrors.MailTlsNotOffered(name, problem),
            NotSupportedException => MailErrors.MailLoginNotOffered(name, server.UserName),
            SmtpCommandException refused => MailErrors.MailRefused(name, refused),
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } => MailErrors.MailHostUnknown(server.SmtpHost ?? "", problem),
            SocketException or IOException or TimeoutException or SmtpProtocolException or OperationCanceledException =>
                MailErrors.MailServerUnreachable(name, problem),
            _ => null,
        };
    }

    private static SecureSocketOptions Options(ReportMailServer server) => server.Security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => server.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable,
    };
}
