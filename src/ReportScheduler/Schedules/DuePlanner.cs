using ReportScheduler.Time;

namespace ReportScheduler.Schedules;

/// <summary>What becomes of a task whose due time has come: which instants run, which are recorded as missed or skipped.</summary>
/// <remarks>
/// Whoever asks in time finds one due instant. With several, nobody asked for a while: the older ones were missed.
/// The newest still runs unless it is later than the grace; under <see cref="MissedPolicy.Skip"/> that is a few minutes,
/// so that a runner that was busy, or an operating system's scheduler that calls every few minutes, loses nothing.
/// A task's own MissedGrace says how late a run may be under each policy. Missed instants of one outage are one record.
/// Where the newest runs it stands for the older ones, and their record is final. A record of instants that nothing stands for
/// is not final: whoever claims it records it, and the owner is told.
/// </remarks>
internal static class DuePlanner
{
    /// <summary>How late a due time may be under <see cref="MissedPolicy.Skip"/>, when the task does not say.</summary>
    public static readonly TimeSpan Punctual = TimeSpan.FromMinutes(5);

    /// <summary>More than these are not claimed in one transaction; what is left stays due.</summary>
    private const int AtOnce = 1000;

    /// <param name="task">The task with its state.</param>
    /// <param name="unfinished">The task's runs that are not final, oldest first.</param>
    /// <param name="now">The instant of the plan.</param>
    /// <param name="option">The policies of the store, for what the task leaves open.</param>
    /// <exception cref="ReportException">The task's schedule cannot be read.</exception>
    public static DuePlan Plan(ReportTask task, IReadOnlyList<ReportRun> unfinished, DateTimeOffset now, ReportSchedulerOption option)
    {
        if (TaskSchedule.Of(task) is not { } schedule)
        {
            return new DuePlan([], [], null);
        }

        if (task.State.NextRunAt is not { } first || first > now)
        {
            return new DuePlan([], [], task.State.NextRunAt ?? schedule.Next(now));
        }

        var policy = task.Missed ?? option.Missed;
        var grace = Grace(task, policy, option);
        ReportException GivenUp(string times) => ScheduleErrors.DueTimesMissed(task.Name, times, policy, grace);
        return policy == MissedPolicy.RunAll
            ? PlanAll(task, schedule, first, now.Ago(grace), GivenUp, unfinished, now)
            : PlanNewest(task, schedule, first, now.Ago(grace), GivenUp, unfinished, now);
    }

    private static TimeSpan Grace(ReportTask task, MissedPolicy policy, ReportSchedulerOption option) =>
        task.MissedGrace ?? (policy == MissedPolicy.Skip && option.MissedGrace > Punctual ? Punctual : option.MissedGrace);

    private static DuePlan PlanNewest(ReportTask task, ReportSchedule schedule, DateTimeOffset first,
        DateTimeOffset oldestAllowed, Func<string, ReportException> givenUp, IReadOnlyList<ReportRun> unfinished, DateTimeOffset now)
    {
        var (count, newest) = schedule.CountDue(first, now);
        var runs = newest >= oldestAllowed;
        var missed = runs ? count - 1 : count;
        List<ReportRun> records = [];
        if (missed > 0)
        {
            var last = runs ? schedule.Previous(newest, first) : newest;
            records.Add(runs
                ? Missed(task, first, last, missed, RunOutcome.Missed,
                    times => ScheduleErrors.DueTimesReplaced(task.Name, times, Zones.Show(newest, task.TimeZone)), now)
                : Missed(task, first, last, missed, RunOutcome.Running, givenUp, now));
        }

        return WithOverlap(task, runs ? [newest] : [], records, unfinished, schedule.Next(now), now);
    }

    private static DuePlan PlanAll(ReportTask task, ReportSchedule schedule, DateTimeOffset first,
        DateTimeOffset oldestAllowed, Func<string, ReportException> givenUp, IReadOnlyList<ReportRun> unfinished, DateTimeOffset now)
    {
        List<ReportRun> records = [];
        DateTimeOffset? next = first;
        if (first < oldestAllowed)
        {
            var (count, last) = schedule.CountDue(first, oldestAllowed.AddTicks(-1));
            records.Add(Missed(task, first, last, count, RunOutcome.Running, givenUp, now));
            next = schedule.Next(last);
        }

        List<DateTimeOffset> due = [];
        for (; next <= now && due.Count < AtOnce; next = schedule.Next(next.Value))
        {
            due.Add(next.Value);
        }

        return WithOverlap(task, due, records, unfinished, next, now);
    }

    // a report made by hand, or one whose mail still waits, does not hold up the schedule
    private static DuePlan WithOverlap(ReportTask task, List<DateTimeOffset> due, List<ReportRun> records,
        IReadOnlyList<ReportRun> unfinished, DateTimeOffset? next, DateTimeOffset now)
    {
        var running = unfinished.FirstOrDefault(
            run => run.Trigger == RunTrigger.Schedule && run is { Outcome: RunOutcome.Running, IsRecordOnly: false });
        // the backlog of RunAll waits for its turn: it asked for every instant
        if (running is not null && task.Overlap == OverlapPolicy.Skip && due.Count == 1)
        {
            records.Add(Record(task, due[0], RunOutcome.Skipped,
                ScheduleErrors.StillRunning(task.Name, Zones.Show(running.DueAt, task.TimeZone)), now));
            due = [];
        }

        return new DuePlan(due, records, next);
    }

    private static ReportRun Missed(
        ReportTask task, DateTimeOffset from, DateTimeOffset to, long count, RunOutcome outcome, Func<string, ReportException> why,
        DateTimeOffset now)
    {
        var times = count == 1
            ? $" at {InstantText.Of(to, task.TimeZone)}"
            : $", {count} times from {InstantText.Of(from, task.TimeZone)} to {InstantText.Of(to, task.TimeZone)}";
        var record = Record(task, to, outcome, why(times), now);
        record.MissedFrom = from;
        record.MissedCount = (int)Math.Min(count, int.MaxValue);
        return record;
    }

    private static ReportRun Record(ReportTask task, DateTimeOffset dueAt, RunOutcome outcome, ReportException why, DateTimeOffset now) =>
        new()
    {
        TaskId = task.Id,
        TaskName = task.Name,
        TimeZone = task.TimeZone,
        Trigger = RunTrigger.Schedule,
        DueAt = dueAt,
        FinishedAt = outcome == RunOutcome.Running ? null : now,
        Outcome = outcome,
        Stage = RunStage.Claim,
        Error = why.Message,
        ErrorId = why.ErrorId,
        ErrorCategory = why.Category,
    };
}
