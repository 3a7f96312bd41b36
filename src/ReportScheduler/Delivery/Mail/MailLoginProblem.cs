namespace ReportScheduler.Delivery.Mail;

/// <summary>Refusals of Exchange Online and Gmail that have a cure of their own.</summary>
/// <remarks>https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ and the
/// message MC786329 on the end of basic authentication.</remarks>
internal static class MailLoginProblem
{
    /// <param name="server">The server that refused.</param>
    /// <param name="problem">With its answer.</param>
    /// <returns>Null for a refusal without one.</returns>
    public static ReportException? Of(ReportMailServer server, Exception problem)
    {
        var (name, said) = (SmtpPlace.NameOf(server), problem.Message);
        bool Has(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
        return Has("SmtpClientAuthentication is disabled") ? MailErrors.MailSmtpAuthSwitchedOff(name, Has("for the Mailbox"), problem)
            : Has("5.7.30") || Has("basic authentication is disabled") || Has("basic authentication is not supported")
            ? MailErrors.MailBasicAuthSwitchedOff(name, problem)
            : Has("5.7.60") || Has("SendAsDenied") ? MailErrors.MailSendAsDenied(name, server.From, problem)
            : null;
    }
}
