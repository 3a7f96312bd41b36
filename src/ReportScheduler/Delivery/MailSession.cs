using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace ReportScheduler.Delivery;

/// <summary>Connects to a mail server and logs in, or says in words a person can act on why it cannot.</summary>
internal static class MailSession
{
    /// <summary>A connected client, logged in where the server has a user.</summary>
    /// <param name="server">A server with an SMTP host.</param>
    /// <param name="secrets">Reads its password.</param>
    /// <param name="cancel">Stops it.</param>
    public static ReportSmtpClient Open(ReportMailServer server, Store.ISecretProtector secrets, CancellationToken cancel)
    {
        var name = $"{server.SmtpHost}:{server.Port}";
        var password = server.PasswordReference is { } reference ? Queries.SecretReference.Resolve(reference, server.EnvFile)
            : server.ProtectedPassword is { } kept ? secrets.Unprotect(kept)
            : null;
        var client = new ReportSmtpClient { Timeout = (int)server.Timeout.TotalMilliseconds };
        try
        {
            client.Connect(server.SmtpHost ?? "", server.Port, Options(server), cancel);
            if (server.UserName is not null)
            {
                if (!client.IsSecure && server.Security != MailSecurity.None)
                {
                    throw ReportError.MailLoginNeedsTls(name);
                }

                client.Authenticate(server.UserName, password ?? "", cancel);
            }

            return client;
        }
        catch (Exception problem) when (problem is not ReportException)
        {
            client.Dispose();
            throw problem switch
            {
                OperationCanceledException when cancel.IsCancellationRequested => problem,
                SslHandshakeException => ReportError.MailCertificateNotTrusted(name, problem),
                MailKit.Security.AuthenticationException or SaslException => ReportError.MailLoginRefused(name, server.UserName, problem),
                NotSupportedException => ReportError.MailTlsNotOffered(name, problem),
                SmtpCommandException refused => ReportError.MailRefused(name, refused.Message, refused, (int)refused.StatusCode is >= 400 and < 500),
                SocketException or IOException or TimeoutException or SmtpProtocolException or MailKit.ServiceNotConnectedException or OperationCanceledException =>
                    ReportError.MailServerUnreachable(name, problem),
                _ => problem,
            };
        }
        catch (ReportException)
        {
            client.Dispose();
            throw;
        }
    }

    private static SecureSocketOptions Options(ReportMailServer server) => server.Security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => server.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable,
    };
}
