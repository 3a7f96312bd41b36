namespace ReportScheduler.Delivery;

internal static class DeliveryErrors
{
    public static ReportException DeliveryKindUnknown(ReportDelivery delivery) =>
        new(nameof(DeliveryKindUnknown), ReportErrorCategory.InvalidData, delivery.Target,
            $"The delivery to '{delivery.Target}' is of the kind '{delivery.Kind}', which this version does not know. Update the module.");
}
