using ReportScheduler.Delivery.Folder;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Delivery.Places;
using ReportScheduler.Kinds;

namespace ReportScheduler.Delivery;

/// <summary>The places that reports are brought to.</summary>
internal static class DeliveryPlaces
{
    /// <summary>All of them, as they are described. Deliveries are made from the last to
    /// the first: a mail that is too large names the copies.</summary>
    public static KindList<IDeliveryPlace> All { get; } = new(
        new MailPlace(),
        new FolderPlace());

    /// <summary>The place of a ledger entry.</summary>
    /// <exception cref="ReportException">DeliveryKindUnknown: a newer version made it.</exception>
    public static IDeliveryPlace Of(ReportDelivery delivery) =>
        All.FirstOrDefault(place => place.Kinds.Contains(delivery.Kind)) ?? throw DeliveryErrors.DeliveryKindUnknown(delivery);
}
