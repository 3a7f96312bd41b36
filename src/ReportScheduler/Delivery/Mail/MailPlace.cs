using ReportScheduler.Delivery.Places;
using ReportScheduler.Store;
using ReportScheduler.Templates;

namespace ReportScheduler.Delivery.Mail;

/// <summary>A mail to the recipients of -To, -Cc and -Bcc, and the mail to the owner of a task that failed.</summary>
internal sealed class MailPlace : IDeliveryPlace
{
    // more than most servers take
    private const long LargeMessage = 20 * 1024 * 1024;

    public IReadOnlyList<DeliveryKind> Kinds { get; } = [DeliveryKind.Mail, DeliveryKind.Notice];

    public string Noun => "mail";

    public string CheckName => "MailServer";

    public bool MayRepeat => false;

    public bool IsWanted(ReportTask task) => task.HasRecipients;

    public void Check(ReportTask task)
    {
        Check(task, nameof(task.To), task.To);
        Check(task, nameof(task.Cc), task.Cc);
        Check(task, nameof(task.Bcc), task.Bcc);
        foreach (var address in (string[])[.. task.ReplyTo, .. task.Also])
        {
            MailAddresses.Check(address);
        }

        if (task.Owner is { } owner)
        {
            MailAddresses.Check(owner);
        }

        if (task.Subject is { } subject)
        {
            ReportTemplate.Check(subject, nameof(task.Subject), task);
        }

        if (task.Body is { } body)
        {
            ReportTemplate.Check(body, nameof(task.Body), task);
        }
    }

    public ReportDelivery? Prepare(DeliveryOrder order)
    {
        var server = order.Store.MailServerOf(order.Task);
        var mail = order.New(DeliveryKind.Mail, server.Name);
        mail.MessageId = MessageIds.Of(order, mail, server);
        MailComposer.Compose(mail, order.Task, order.Run, order.Export, server, order.RedirectTo, order.Clock);
        if (new FileInfo(mail.MessagePath!).Length is var size && size > LargeMessage)
        {
            order.Run.Warnings = [.. order.Run.Warnings, MailErrors.LargeMail(order.Task.Name, size)];
        }

        return mail;
    }

    public void Send(DeliveryAttemptOrder order)
    {
        if (order.Store.MailServers.Find(order.Delivery.Target) is { } server)
        {
            MailSender.Send(order.Delivery, order.Copies, server, order.Store.Secrets, order.Clock, order.Cancel,
                order.Confirm);
        }
        else
        {
            order.Delivery.GiveUp(StoreErrors.MailServerNotFound(order.Delivery.Target, []));
        }
    }

    public string Probe(ReportTask task, IReportStore store, TimeProvider clock, CancellationToken cancel)
    {
        var server = store.MailServerOf(task);
        MailProbe.Try(server, store.Secrets, to: null, clock, cancel);
        return $"'{server.Name}' takes mail for {string.Join(", ", Recipients(task))}.";
    }

    public string? Describe(ReportTask task, string? redirectTo) => redirectTo is { } address
        ? $"send to {address} instead of {string.Join(", ", Recipients(task))} through '{task.MailServer}'"
        : $"send to {string.Join(", ", Recipients(task))} through '{task.MailServer}'";

    public string DescribeAgain(ReportDelivery delivery, IEnumerable<string> recipients) =>
        $"Send to {string.Join(", ", recipients)} through '{delivery.Target}'";

    public bool MayTakeLong(ReportDelivery delivery, IReportStore store) =>
        store.MailServers.Find(delivery.Target) is { } server && MailTransports.Of(server).MayTakeLong;

    public IEnumerable<string> Folders(IReportStore store) =>
        store.MailServers.All().Select(server => MailTransports.Of(server).FolderOf(server)).OfType<string>();

    /// <summary>An address of a split report may be a template, which makes it for each part.</summary>
    private static void Check(ReportTask task, string member, string[] addresses)
    {
        foreach (var address in addresses)
        {
            if (!MailAddresses.IsTemplate(address))
            {
                MailAddresses.Check(address);
            }
            else if (task.SplitBy is null)
            {
                throw MailErrors.AddressNeedsSplit(address, member);
            }
            else
            {
                ReportTemplate.Check(address, member, task);
            }
        }
    }

    private static IEnumerable<string> Recipients(ReportTask task) =>
        [.. task.To, .. task.Cc, .. task.Bcc, .. task.Recipients.Length > 0 ? ["those of -Recipients"] : Array.Empty<string>(),
            .. task.Also];
}
