using ReportScheduler.Time;

namespace ReportScheduler.Schedules;

/// <summary>When a task is due.</summary>
internal abstract class ReportSchedule
{
    private protected ReportSchedule(ReportTask task)
    {
        Clock = new WallClock(Zones.Find(task.TimeZone));
        ZoneId = task.TimeZone;
        StartAt = task.StartAt;
        EndAt = task.EndAt;
    }

    /// <summary>The zone's id as the person gave it.</summary>
    public string ZoneId { get; }

    public WallClock Clock { get; }

    protected DateTimeOffset? StartAt { get; }

    protected DateTimeOffset? EndAt { get; }

    /// <summary>The first due instant after <paramref name="after"/>, in UTC; null when there is none any more.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        // the first instant of the window counts
        var from = StartAt is { } start && start > after ? start.AddTicks(-1) : after;
        return Step(from.ToUniversalTime()) is { } next && !(next > EndAt) ? next : null;
    }

    /// <summary>The due instant before <paramref name="due"/>, looked for from <paramref name="from"/>, itself due and earlier.</summary>
    public DateTimeOffset Previous(DateTimeOffset due, DateTimeOffset from)
    {
        // steps go forward only: look back twice as far until there is one
        for (var back = TimeSpan.FromMinutes(1); ; back *= 2)
        {
            var start = due - back <= from ? from : due - back;
            if (start == from || Next(start) < due)
            {
                return CountDue(start == from ? from : Next(start)!.Value, due.AddTicks(-1)).Newest;
            }
        }
    }

    /// <summary>How many instants are due from <paramref name="first"/>, itself due, to
    /// <paramref name="last"/>, and the newest of them.</summary>
    public virtual (long Count, DateTimeOffset Newest) CountDue(DateTimeOffset first, DateTimeOffset last)
    {
        var (count, newest) = (1L, first);
        for (var next = Next(first); next <= last; next = Next(newest))
        {
            (count, newest) = (count + 1, next.Value);
        }

        return (count, newest);
    }

    /// <summary>The schedule in a sentence without a full stop, such as "every weekday at 09:00, Europe/Paris".</summary>
    public string Describe() => Words()
        + (StartAt is { } start ? $", from {Show(start)}" : "")
        + (EndAt is { } end ? $", until {Show(end)}" : "");

    /// <summary>The next due instant after <paramref name="after"/>, the window apart.</summary>
    protected abstract DateTimeOffset? Step(DateTimeOffset after);

    protected abstract string Words();

    protected string Show(DateTimeOffset instant) => InstantText.Of(TimeZoneInfo.ConvertTime(instant, Clock.Zone));
}
