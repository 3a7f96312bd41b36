using ReportScheduler.Tasks;

namespace ReportScheduler.Schedules;

/// <summary>Due each time an interval has passed since the anchor: elapsed time, whatever the clocks show, without drift.</summary>
/// <remarks>The anchor is the window's start and due itself; without one it is the instant the task was made, and the first due time is one interval later.</remarks>
internal sealed class IntervalSchedule : ReportSchedule
{
    private readonly TimeSpan every;
    private readonly DateTimeOffset anchor;

    public IntervalSchedule(ReportTask task, TimeSpan every) : base(task)
    {
        if (every < TimeSpan.FromSeconds(1))
        {
            throw ReportError.IntervalTooShort(every);
        }
        this.every = every;
        anchor = (task.StartAt ?? task.CreatedAt).ToUniversalTime();
    }

    public override (long Count, DateTimeOffset Newest) CountDue(DateTimeOffset first, DateTimeOffset last)
    {
        var end = EndAt < last ? EndAt.Value : last;
        var more = Math.Max(0, (end - first) / every);
        var count = (long)Math.Floor(more);
        return (count + 1, first + count * every);
    }

    protected override DateTimeOffset? Step(DateTimeOffset after)
    {
        var passed = after < anchor ? -1 : (after - anchor).Ticks / every.Ticks;
        var next = Math.Max(passed + 1, StartAt is null ? 1 : 0);
        return next > (DateTimeOffset.MaxValue - anchor).Ticks / every.Ticks ? null : anchor + TimeSpan.FromTicks(next * every.Ticks);
    }

    protected override string Words() =>
        $"every {DurationText.Format(every)}{(StartAt is null ? $", counted from {Show(anchor)}" : "")}";
}
