using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit.Utils;
using ReportScheduler.Delivery.Places;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The Message-Id of a report's mail.</summary>
/// <remarks>It is the same one whoever makes the report for a due time of a task, and however often: where a database lost that it was
/// made, as after a failover or from a backup, a mailbox that drops duplicates drops the second one.</remarks>
internal static class MessageIds
{
    /// <summary>The Message-Id, without brackets, in the domain of the sender.</summary>
    public static string Of(DeliveryOrder order, ReportDelivery delivery, ReportMailServer server)
    {
        var random = MimeUtils.GenerateMessageId(MailAddresses.Parse(server.From).Domain);
        var run = order.Run;
        // other runs than those of a schedule are each made once, by whoever asked
        var which = run.Trigger == RunTrigger.Schedule ? run.DueAt.UtcTicks.ToString(CultureInfo.InvariantCulture) : run.Id;
        var parts = string.Join('\n', order.StoreId, run.TaskId, which, delivery.Kind, delivery.Target, delivery.Key, order.RedirectTo,
            order.Export.Split is null ? "" : Reader(order.Task));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(parts));
        return $"{Convert.ToHexString(hash, 0, 16)}{random[random.LastIndexOf('@')..]}";
    }

    /// <summary>What tells the mails of one key from each other: several rows of -Recipients may name it.</summary>
    private static string Reader(ReportTask part) =>
        string.Join('|', string.Join(';', part.To), string.Join(';', part.Cc), string.Join(';', part.Bcc), string.Join(',', part.Format),
            part.Culture);
}
