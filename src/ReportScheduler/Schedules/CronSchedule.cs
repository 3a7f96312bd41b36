using ReportScheduler.Time;

namespace ReportScheduler.Schedules;

/// <summary>Due at the wall-clock times of cron text in a zone.</summary>
/// <remarks>
/// A time that the clocks skip is due at the first instant after the gap. A time that comes twice is due once, at the
/// first, unless the text repeats within the hour or the day (*, a range or a step in a time field): then both count.
/// </remarks>
internal sealed class CronSchedule(ReportTask task, string cron) : ReportSchedule(task)
{
    private static readonly TimeSpan LookAhead = TimeSpan.FromDays(400);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public CronExpression Cron { get; } = CronExpression.Parse(cron);

    /// <summary>The changes of the clocks in the 400 days after an instant that skip
    /// or repeat a due time, with the first such time.</summary>
    public IEnumerable<(ClockChange Change, DateTime Wall)> ClockChangesHit(DateTimeOffset after)
    {
        for (var from = after.UtcDateTime; from < after.UtcDateTime + LookAhead; from += Month)
        {
            if (Clock.ChangeBetween(from, from + Month) is not { } change)
            {
                continue;
            }

            var (start, end) = change.After > change.Before ? (change.WallBefore, change.WallAfter) : (change.WallAfter, change.WallBefore);
            if (Cron.Next(start.AddTicks(-1), end) is { } wall)
            {
                yield return (change, wall);
            }
        }
    }

    /// <remarks>Whole days are counted without stepping through them: after months, a
    /// schedule of every second has millions of due times.</remarks>
    public override (long Count, DateTimeOffset Newest) CountDue(DateTimeOffset first, DateTimeOffset last)
    {
        var end = EndAt < last ? EndAt.Value : last;
        var day = (first.UtcDateTime + Clock.OffsetAt(first.UtcDateTime)).Date.AddDays(1);
        var (count, newest) = base.CountDue(first, Earlier(end, EndOf(day.AddDays(-1))));
        DateTime? newestDay = null;
        for (; Clock.FirstInstant(day) <= end; day = day.AddDays(1))
        {
            if (EndOf(day) <= end && Clock.ChangeNear(day.AddHours(12)) is null)
            {
                var times = Cron.CountOn(day);
                (count, newestDay) = (count + times, times > 0 ? day : newestDay);
            }
            else if (Next(Clock.FirstInstant(day).AddTicks(-1)) is { } due && due <= Earlier(end, EndOf(day)))
            {
                var (more, latest) = base.CountDue(due, Earlier(end, EndOf(day)));
                (count, newest, newestDay) = (count + more, latest, null);
            }
        }

        return newestDay is { } full
            ? (count, base.CountDue(Next(Clock.FirstInstant(full).AddTicks(-1))!.Value, EndOf(full)).Newest)
            : (count, newest);
    }

    protected override DateTimeOffset? Step(DateTimeOffset after)
    {
        var offset = Clock.OffsetAt(after.UtcDateTime);
        var wall = DateTime.SpecifyKind(after.UtcDateTime + offset, DateTimeKind.Unspecified);
        if (Clock.ChangeNear(wall) is { } change && change.Repeats(wall))
        {
            if (StepInRepeatedTime(wall, after.UtcDateTime < change.Utc, change) is { } found)
            {
                return found;
            }

            wall = change.WallBefore.AddTicks(-1);
        }

        return Cron.Next(wall) is { } next ? Clock.FirstInstant(next) : null;
    }

    private DateTimeOffset EndOf(DateTime day) => Clock.FirstInstant(day.AddDays(1)).AddTicks(-1);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private DateTimeOffset? StepInRepeatedTime(DateTime wall, bool isFirstPass, ClockChange change)
    {
        if (isFirstPass)
        {
            if (Cron.Next(wall, change.WallBefore) is { } first)
            {
                return new DateTimeOffset(first, change.Before).ToUniversalTime();
            }

            wall = change.WallAfter.AddTicks(-1);
        }

        return Cron.Repeats && Cron.Next(wall, change.WallBefore) is { } second
            ? new DateTimeOffset(second, change.After).ToUniversalTime()
            : null;
    }

    protected override string Words() => $"{CronDescription.Of(Cron)}, {ZoneId}";
}
