using ReportScheduler.Kinds;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The ways in which messages leave.</summary>
internal static class MailTransports
{
    public static KindList<IMailTransport> All { get; } = new(
        new SmtpTransport(),
        new GraphTransport(),
        new PickupTransport());

    /// <summary>The way of a mail server; SMTP for one that names none.</summary>
    public static IMailTransport Of(ReportMailServer server) => All.LastOrDefault(way => way.Serves(server)) ?? All[0];

    /// <summary>The place that a mail server sends to, as in messages.</summary>
    public static string NameOf(ReportMailServer server) => Of(server).NameOf(server);
}
