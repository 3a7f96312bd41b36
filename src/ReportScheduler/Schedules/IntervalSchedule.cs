using System.Globalization;
using ReportScheduler.Time;

namespace ReportScheduler.Schedules;

/// <summary>Due each time an interval has passed since the anchor, without drift.</summary>
/// <remarks>
/// Whole days and weeks keep the time that the clocks of the zone show, as a person means who says every second Monday at nine; a time that
/// the clocks skip is the first instant after the gap. All other intervals are elapsed time, whatever the clocks show.
/// The anchor is the window's start and due itself; without one it is the instant the task was made, and the first due time is one interval
/// later.
/// </remarks>
internal sealed class IntervalSchedule : ReportSchedule
{
    // the calendar ends before the last days that a zone may shift
    private static readonly DateTime End = DateTime.MaxValue.AddDays(-3);

    private readonly TimeSpan every;
    private readonly DateTimeOffset anchor;
    private readonly DateTime anchorWall;

    public IntervalSchedule(ReportTask task, TimeSpan every) : base(task)
    {
        if (every < TimeSpan.FromSeconds(1))
        {
            throw ScheduleErrors.IntervalTooShort(every);
        }

        this.every = every;
        anchor = (task.StartAt ?? task.CreatedAt).ToUniversalTime();
        anchorWall = Wall(anchor);
    }

    /// <summary>It is of whole days, so that it keeps the time of the day.</summary>
    public bool IsDaily => every.Ticks % TimeSpan.TicksPerDay == 0;

    public override (long Count, DateTimeOffset Newest) CountDue(DateTimeOffset first, DateTimeOffset last)
    {
        var end = EndAt < last ? EndAt.Value : last;
        var (from, to) = (IndexAt(first), IndexAt(end));
        var newest = At(to) ?? first;
        return newest <= first ? (1, first) : (to - from + 1, newest);
    }

    protected override DateTimeOffset? Step(DateTimeOffset after) => At(Math.Max(IndexAt(after) + 1, StartAt is null ? 1 : 0));

    protected override string Words() => $"every {DurationText.Format(every)}"
        + (IsDaily && Changes()
            ? $" at {anchorWall.ToString(anchorWall.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture)} {ZoneId}"
            : "")
        + (StartAt is null ? $", counted from {Show(anchor)}" : "");

    private bool Changes() => Clock.ChangesAfter(anchor.UtcDateTime);

    private DateTime Wall(DateTimeOffset instant) => DateTime.SpecifyKind(instant.UtcDateTime, DateTimeKind.Unspecified) is var utc
        && utc > DateTime.MinValue.AddDays(3) && utc < End ? utc + Clock.OffsetAt(instant.UtcDateTime) : utc;

    /// <summary>The due time of a number; null beyond the end of the calendar.</summary>
    private DateTimeOffset? At(long index)
    {
        if (index <= 0)
        {
            return index == 0 ? anchor : DateTimeOffset.MinValue;
        }

        if (index > (End - anchorWall).Ticks / every.Ticks)
        {
            return null;
        }

        var passed = TimeSpan.FromTicks(index * every.Ticks);
        return IsDaily ? Clock.FirstInstant(anchorWall + passed) : anchor + passed;
    }

    /// <summary>The number of the newest due time that is not after an instant; -1 before the anchor.</summary>
    private long IndexAt(DateTimeOffset instant)
    {
        if (instant < anchor)
        {
            return -1;
        }

        if (!IsDaily)
        {
            return (instant - anchor).Ticks / every.Ticks;
        }
        // the clocks may be set back by hours, so one more is tried
        var index = Math.Max(0, (Wall(instant) - anchorWall).Ticks / every.Ticks + 1);
        while (index > 0 && !(At(index) <= instant))
        {
            index--;
        }

        return index;
    }
}
