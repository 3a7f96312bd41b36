namespace ReportScheduler;

/// <summary>One address of a message and what became of it.</summary>
public sealed class DeliveryRecipient
{
    /// <summary>The address. Of several recipients at once PowerShell takes <c>.Address</c> for a method that each list has:
    /// <see cref="Email"/> is the same.</summary>
    public string Address { get; set; } = "";

    /// <summary>The address, as in <c>$run.Deliveries.Recipients.Email</c>.</summary>
    public string Email => Address;

    /// <summary>The field of the message.</summary>
    public RecipientKind Kind { get; set; }

    /// <summary>How far the delivery to it is.</summary>
    public DeliveryState State { get; set; }

    /// <summary>What the server said when it refused; null otherwise.</summary>
    public string? Error { get; set; }

    /// <summary>Address and state, as in messages.</summary>
    public override string ToString() => $"{Address} {State}";
}
