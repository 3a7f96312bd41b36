using ReportScheduler.Tasks;

namespace ReportScheduler.Schedules;

/// <summary>Due at the wall-clock times of cron text in a zone.</summary>
/// <remarks>
/// A time that the clocks skip is due at the first instant after the gap. A time that comes twice is due once, at the
/// first, unless the text repeats within the hour or the day (*, a range or a step in a time field): then both count.
/// </remarks>
internal sealed class CronSchedule(ReportTask task, string cron) : ReportSchedule(task)
{
    public CronExpression Cron { get; } = CronExpression.Parse(cron);

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
