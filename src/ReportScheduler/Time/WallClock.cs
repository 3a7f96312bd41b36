namespace ReportScheduler.Time;

/// <summary>What the clocks of a zone show, and which instants they mean.</summary>
/// <remarks>
/// Asks the zone for offsets at instants only. <see cref="TimeZoneInfo.IsInvalidTime"/> and its like do not see
/// changes of a zone's standard time, and take summer time for the larger offset.
/// </remarks>
internal sealed class WallClock(TimeZoneInfo zone)
{
    // a wall-clock time lies within 14 hours of the same reading of UTC
    private static readonly TimeSpan Reach = TimeSpan.FromDays(1);
    private static readonly TimeSpan Year = TimeSpan.FromDays(400);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private volatile SteadySpan? known;

    public TimeZoneInfo Zone => zone;

    /// <summary>What the zone adds to UTC at an instant.</summary>
    public TimeSpan OffsetAt(DateTime utc)
    {
        // a schedule asks for one instant after the other, and the zone takes long to answer: the same span serves most of them
        var span = known;
        if (span is null || !span.Has(utc))
        {
            span = SteadySpan.Of(span, utc, zone.GetUtcOffset(utc), Reach * 2);
            known = span;
        }

        return span.Offset;
    }

    /// <summary>The change of the clocks that may skip or repeat this wall-clock time; null when there is none within a day.</summary>
    public ClockChange? ChangeNear(DateTime wall)
    {
        var utc = DateTime.SpecifyKind(wall, DateTimeKind.Utc);
        return ChangeBetween(utc - Reach, utc + Reach);
    }

    /// <summary>The change after <paramref name="from"/> up to <paramref name="to"/>
    /// (UTC), when the clocks show another offset there.</summary>
    public ClockChange? ChangeBetween(DateTime from, DateTime to)
    {
        var before = OffsetAt(from);
        var after = OffsetAt(to);
        if (before == after)
        {
            return null;
        }

        while (to - from > TimeSpan.FromSeconds(1))
        {
            var middle =
                new DateTime((from.Ticks + (to - from).Ticks / 2) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
            if (middle <= from)
            {
                break;
            }

            if (OffsetAt(middle) == before)
            {
                from = middle;
            }
            else
            {
                to = middle;
            }
        }

        return new ClockChange(new DateTime(to.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc), before, after);
    }

    /// <summary>Whether the clocks are set in the 400 days after an instant.</summary>
    public bool ChangesAfter(DateTime utc)
    {
        if (utc > DateTime.MaxValue - Year - Month)
        {
            return false;
        }

        for (var from = utc; from < utc + Year; from += Month)
        {
            if (ChangeBetween(from, from + Month) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The instant when the clocks first show this time, or pass it where they skip it.</summary>
    public DateTimeOffset FirstInstant(DateTime wall)
    {
        if (ChangeNear(wall) is not { } change)
        {
            return At(wall, OffsetAt(DateTime.SpecifyKind(wall, DateTimeKind.Utc)));
        }

        return change.Skips(wall) ? change.At
            : wall < change.WallBefore ? At(wall, change.Before)
            : At(wall, change.After);
    }

    private static DateTimeOffset At(DateTime wall, TimeSpan offset) =>
        new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), offset).ToUniversalTime();
}
