using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace ReportScheduler.Delivery.Mail;

/// <summary>An SMTP server.</summary>
internal sealed class SmtpTransport : IMailTransport
{
    public bool MayTakeLong => true;

    public bool Serves(ReportMailServer server) => server.SmtpHost is not null;

    public string NameOf(ReportMailServer server) => SmtpPlace.NameOf(server);

    public MailReach Try(MailAccess access, CancellationToken cancel)
    {
        using var client = MailSession.Open(access, cancel);
        return new MailReach(client.IsSecure,
            client.Mechanism ?? (client.ClientCertificates is { Count: > 0 } ? "client certificate" : "anonymous"));
    }

    /// <summary>Opens a connection for each form of the message: a refusal may have ended the last one.</summary>
    public void Send(MailHandover mail, MailAccess access, CancellationToken cancel)
    {
        // what cannot be sent needs no connection
        mail.Message.Load().Dispose();
        for (var isTaken = false; !isTaken;)
        {
            mail.Refused.Clear();
            using var client = MailSession.Open(access, cancel);
            (client.Refused, client.Confirm) = (mail.Refused, mail.Confirm);
            isTaken = Submit(client, mail, access.Server, cancel);
        }
    }

    /// <returns>False when the message was too large and is now smaller.</returns>
    private static bool Submit(ReportSmtpClient client, MailHandover mail, ReportMailServer server, CancellationToken cancel)
    {
        var name = SmtpPlace.NameOf(server);
        try
        {
            var (message, size) = mail.Message.Fit(Limit(client, server));
            using var sent = message;
            client.Submit(message, size, [.. mail.Recipients.Select(recipient => new MailboxAddress(null, recipient.Address))], cancel);
        }
        catch (SmtpCommandException problem)
        {
            return mail.Message.Shrink(problem)
                ? false
                : throw MailLoginProblem.Of(server, problem) ?? MailErrors.MailRefused(name, problem);
        }
        catch (ServiceNotAuthenticatedException problem)
        {
            throw MailErrors.MailLoginNeeded(name, problem);
        }
        catch (NotSupportedException problem)
        {
            throw MailErrors.MailAddressNotSupported(name, problem);
        }
        catch (Exception problem) when (client.HasHandedOver
            || problem is IOException or SmtpProtocolException or TimeoutException or OperationCanceledException
            or System.Net.Sockets.SocketException)
        {
            throw client.HasHandedOver ? MailErrors.MailUncertain(name, server.AnswerTimeout, problem)
                : problem is OperationCanceledException && cancel.IsCancellationRequested ? problem
                : MailErrors.MailServerUnreachable(name, problem);
        }

        Quit(client);
        return true;
    }

    /// <summary>The server has the message by now; that it hangs up rudely changes nothing.</summary>
    private static void Quit(ReportSmtpClient client)
    {
        try
        {
            client.Leave();
        }
        catch (Exception problem) when (problem is IOException or SmtpProtocolException or SmtpCommandException or TimeoutException
            or OperationCanceledException or ReportException)
        {
        }
    }

    private static long? Limit(ReportSmtpClient client, ReportMailServer server)
    {
        long? said = client.Capabilities.HasFlag(SmtpCapabilities.Size) && client.MaxSize > 0 ? client.MaxSize : null;
        return said is null || server.MaxMessageSize < said ? server.MaxMessageSize : said;
    }
}
