using ReportScheduler.Time;

namespace ReportScheduler;

/// <summary>One attempt at a delivery.</summary>
/// <remarks>Times are in the zone of the run's task.</remarks>
public sealed class DeliveryAttempt
{
    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get => Zones.Show(field, TimeZone); set; }

    /// <summary>When it was over; null while it goes on, and when its process ended before.</summary>
    public DateTimeOffset? EndedAt { get => field is { } at ? Zones.Show(at, TimeZone) : null; set; }

    /// <summary>What became of it. Pending: it did not work, and may work later.</summary>
    public DeliveryState State { get; set; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error { get; set; }

    /// <summary>The zone in which times are shown; empty for UTC.</summary>
    internal string TimeZone { get; set; } = "";

    /// <summary>Time and state, as in messages.</summary>
    public override string ToString() => $"{InstantText.Of(StartedAt)} {State}";
}
