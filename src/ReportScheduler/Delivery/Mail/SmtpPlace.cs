namespace ReportScheduler.Delivery.Mail;

/// <summary>Where an SMTP server is.</summary>
internal static class SmtpPlace
{
    /// <summary>Host and port, as in messages.</summary>
    public static string NameOf(ReportMailServer server) => $"{server.SmtpHost}:{server.Port}";
}
