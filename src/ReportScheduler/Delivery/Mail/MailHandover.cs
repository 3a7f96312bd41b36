namespace ReportScheduler.Delivery.Mail;

/// <summary>A message on its way to a server.</summary>
/// <param name="Message">The saved message, in the form that the server takes.</param>
/// <param name="Recipients">Those for whom nothing is decided yet.</param>
internal sealed record MailHandover(OutgoingMessage Message, IReadOnlyList<DeliveryRecipient> Recipients)
{
    /// <summary>The addresses that the server refused.</summary>
    public Dictionary<string, MailRefusal> Refused { get; } = new(StringComparer.OrdinalIgnoreCase);
}
