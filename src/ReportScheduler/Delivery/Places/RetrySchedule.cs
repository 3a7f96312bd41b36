namespace ReportScheduler.Delivery.Places;

/// <summary>When a waiting delivery is tried again: sooner at first, then rarely, and not for ever.</summary>
internal static class RetrySchedule
{
    /// <summary>The shortest pause between two attempts.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause between two attempts.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>What a machine knows of the store's time is an estimate, which may be a little ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(5);

    /// <summary>RFC 5321 section 4.5.4.1 wants a sender to give up after four to five days; a report is old before that.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(2);

    /// <summary>When what is to be tried at once is due: also by the clock of the store, which decides about it.</summary>
    public static DateTimeOffset AtOnce(DateTimeOffset now) => now - Ahead;

    /// <param name="delivery">What waits.</param>
    /// <param name="atOnce">How many attempts may have followed the first within seconds; they are no reason to wait longer.</param>
    /// <param name="now">The present.</param>
    /// <returns>The next attempt, 1, 2, 4 ... 60 minutes after this one; null after two days.</returns>
    public static DateTimeOffset? Next(ReportDelivery delivery, int atOnce, DateTimeOffset now)
    {
        var pause = First * Math.Pow(2, Math.Clamp(delivery.Attempts - 1 - atOnce, 0, 10));
        var next = now + (pause < Longest ? pause : Longest);
        return next - delivery.CreatedAt > GiveUpAfter ? null : next;
    }
}
