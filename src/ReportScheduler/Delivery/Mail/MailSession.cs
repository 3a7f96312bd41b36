using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using ReportScheduler.Secrets;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Connects to a mail server and logs in, or says in words a person can act on why it cannot.</summary>
internal static class MailSession
{
    /// <summary>A connected client, logged in where the server has a user or an identity.</summary>
    /// <exception cref="ReportException">What is wrong; without the password.</exception>
    public static ReportSmtpClient Open(MailAccess access, CancellationToken cancel)
    {
        var server = access.Server;
        if (server.Identity is not null)
        {
            return OpenWithToken(access, cancel);
        }

        var password = access.Secrets.Reveal(server.PasswordReference, server.ProtectedPassword, server.EnvFile);
        return Open(
            access,
            client =>
            {
                if (server.Integrated)
                {
                    MailIntegratedLogin.LogIn(client, server, SmtpPlace.NameOf(server), cancel);
                }
                else if (server.UserName is { } user)
                {
                    CheckLogin(client, server, user);
                    client.Within(token => client.Authenticate(user, password ?? "", token), cancel);
                }
            },
            problem => MailLoginProblem.Of(server, problem),
            cancel);
    }

    /// <summary>A refused token is tried again as a new one: permissions stand in a token from its first moment only.</summary>
    private static ReportSmtpClient OpenWithToken(MailAccess access, CancellationToken cancel)
    {
        var login = new MailTokenLogin(access);
        var isRefused = false;
        ReportSmtpClient Try()
        {
            var token = login.Token(cancel);
            return Open(
                access,
                client =>
                {
                    CheckLogin(client, access.Server, login.Mailbox);
                    login.LogIn(client, token, cancel);
                },
                problem =>
                {
                    isRefused = true;
                    login.Forget();
                    return login.Explain(token, problem);
                },
                cancel);
        }

        try
        {
            return Try();
        }
        catch (ReportException) when (isRefused)
        {
            return Try();
        }
    }

    private static ReportSmtpClient Open(MailAccess access, Action<ReportSmtpClient> logIn, Func<Exception, ReportException?> refused,
        CancellationToken cancel)
    {
        var server = access.Server;
        var client = new ReportSmtpClient(server, MailCertificate.Of(access));
        try
        {
            client.Open(server.SmtpHost ?? "", server.Port, Options(server), cancel);
            logIn(client);
            return client;
        }
        catch (Exception problem)
        {
            client.Dispose();
            if (((IsRefusal(problem) ? refused(problem) : null) ?? Explain(problem, server, cancel)) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    private static void CheckLogin(ReportSmtpClient client, ReportMailServer server, string user)
    {
        if (!client.IsSecure && server.Security != MailSecurity.None)
        {
            throw MailErrors.MailLoginNeedsTls(SmtpPlace.NameOf(server));
        }

        if (!client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
        {
            throw MailErrors.MailLoginNotOffered(SmtpPlace.NameOf(server), user);
        }
    }

    /// <summary>Whether the login was refused for good, and not put off.</summary>
    private static bool IsRefusal(Exception problem) =>
        problem is SaslException || (problem is AuthenticationException
            && problem.InnerException is not SmtpCommandException { StatusCode: < (SmtpStatusCode)500 });

    private static ReportException? Explain(Exception problem, ReportMailServer server, CancellationToken cancel)
    {
        var name = SmtpPlace.NameOf(server);
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
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } =>
                MailErrors.MailHostUnknown(server.SmtpHost ?? "", problem),
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
