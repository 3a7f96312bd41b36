namespace ReportScheduler.Delivery.Mail;

/// <summary>A message on its way to a server.</summary>
/// <param name="Message">The saved message, in the form that the server takes.</param>
/// <param name="Recipients">Those for whom nothing is decided yet.</param>
/// <param name="MessageId">Its Message-Id.</param>
/// <param name="IsInDoubt">Whether the attempt before may have arrived.</param>
internal sealed record MailHandover(OutgoingMessage Message, IReadOnlyList<DeliveryRecipient> Recipients, string? MessageId, bool IsInDoubt)
{
    /// <summary>Is called right before the message is handed over; it throws OperationCanceledException where it must not be.</summary>
    public Action Confirm { get; init; } = () => { };

    /// <summary>How long the server wants no further attempt; null when it says nothing of that.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>The addresses that the server refused.</summary>
    public Dictionary<string, MailRefusal> Refused { get; } = new(StringComparer.OrdinalIgnoreCase);
}
