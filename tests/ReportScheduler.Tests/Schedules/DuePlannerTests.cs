using ReportScheduler.Schedules;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Schedules;

public sealed class DuePlannerTests
{
    private const string Nine = "2026-11-24T09:00Z";

    [Fact]
    public void A_task_that_is_due_runs_and_moves_on()
    {
        var plan = Plan(Hourly(), "2026-11-24T09:00:00.2Z");
        Assert.Equal([CronSamples.At(Nine)], plan.DueAt);
        Assert.Empty(plan.Records);
        Assert.Equal(CronSamples.At("2026-11-24T10:00Z"), plan.NextRunAt);
    }

    [Fact]
    public void A_task_that_is_not_due_stays_as_it_is()
    {
        var plan = Plan(Hourly(), "2026-11-24T08:59:59.9Z");
        Assert.Empty(plan.DueAt);
        Assert.Equal(CronSamples.At(Nine), plan.NextRunAt);
    }

    [Theory]
    // policy, grace of the task, now: what runs, what is missed: from, to, count
    // a runner that was busy, a dispatcher every few minutes
    [InlineData(MissedPolicy.RunOnce, null, "09:04", "09:00", null, null, 0)]
    [InlineData(MissedPolicy.Skip, null, "09:04", "09:00", null, null, 0)]
    [InlineData(MissedPolicy.RunAll, null, "09:04", "09:00", null, null, 0)]
    // one due time seen late
    [InlineData(MissedPolicy.RunOnce, null, "09:40", "09:00", null, null, 0)]
    [InlineData(MissedPolicy.Skip, null, "09:40", "", "09:00", "09:00", 1)]
    [InlineData(MissedPolicy.Skip, "1h", "09:40", "09:00", null, null, 0)]
    [InlineData(MissedPolicy.RunOnce, "10m", "09:40", "", "09:00", "09:00", 1)]
    // some hours down
    [InlineData(MissedPolicy.RunOnce, null, "12:30", "12:00", "09:00", "11:00", 3)]
    [InlineData(MissedPolicy.Skip, null, "12:30", "", "09:00", "12:00", 4)]
    [InlineData(MissedPolicy.Skip, null, "12:02", "12:00", "09:00", "11:00", 3)]
    [InlineData(MissedPolicy.RunAll, null, "12:30", "09:00 10:00 11:00 12:00", null, null, 0)]
    [InlineData(MissedPolicy.RunAll, "2h", "12:30", "11:00 12:00", "09:00", "10:00", 2)]
    public void What_was_missed_follows_the_policy(
        MissedPolicy policy, string? grace, string now, string runs, string? from, string? to, int count)
    {
        var task = Hourly();
        task.Missed = policy;
        task.MissedGrace = grace is null ? null : DurationText.Parse(grace);
        var plan = Plan(task, $"2026-11-24T{now}Z");
        Assert.Equal(runs, string.Join(' ', plan.DueAt.Select(due => due.ToString("HH:mm", null))));
        if (count == 0)
        {
            Assert.Empty(plan.Records);
        }
        else
        {
            var record = Assert.Single(plan.Records);
            // nothing stands for what was missed: its record is claimed, and the owner told
            var isGivenUp = runs.Length == 0 || policy == MissedPolicy.RunAll;
            Assert.Equal((isGivenUp ? RunOutcome.Running : RunOutcome.Missed, count), (record.Outcome, record.MissedCount));
            Assert.Equal((isGivenUp, !isGivenUp), (record.IsRecordOnly && !record.IsFinal, record.FinishedAt is not null));
            Assert.Equal((from, to), (record.MissedFrom?.ToString("HH:mm", null), record.DueAt.ToString("HH:mm", null)));
            Assert.Equal(("t1", "Daily", RunTrigger.Schedule, isGivenUp ? "DueTimesMissed" : "DueTimesReplaced"),
                (record.TaskId, record.TaskName, record.Trigger, record.ErrorId));
        }

        Assert.True(plan.NextRunAt > CronSamples.At($"2026-11-24T{now}Z"));
    }

    [Fact]
    public void What_was_missed_is_told_in_the_zone_of_the_task()
    {
        var task = Due("0 9 * * *", "2026-11-24T08:00Z");
        (task.TimeZone, task.Missed) = ("Europe/Paris", MissedPolicy.Skip);
        Assert.Equal("The report 'Daily' was not run when it was due at 2026-11-24 09:00 +01:00, and now it is too late: with -Missed "
            + "Skip it runs at most 5m after its due time (-MissedGrace).", Assert.Single(Plan(task, "2026-11-24T20:00Z").Records).Error);
    }

    [Fact]
    public void After_a_night_down_a_task_of_every_minute_runs_once()
    {
        var task = Due("* * * * *", "2026-11-23T22:00Z");
        var plan = Plan(task, "2026-11-24T06:00:30Z");
        Assert.Equal([CronSamples.At("2026-11-24T06:00Z")], plan.DueAt);
        var record = Assert.Single(plan.Records);
        Assert.Equal((480, CronSamples.At("2026-11-23T22:00Z"), CronSamples.At("2026-11-24T05:59Z")),
            (record.MissedCount, record.MissedFrom!.Value, record.DueAt));
        Assert.Equal("The report 'Daily' was not run when it was due, 480 times from 2026-11-23 22:00 +00:00 to 2026-11-24 05:59 +00:00. "
            + "The run for 2026-11-24 06:00 +00:00 takes its place.", record.Error);
    }

    [Fact]
    public void A_large_backlog_is_claimed_in_parts()
    {
        var task = Due("* * * * *", "2026-11-23T12:00Z");
        task.Missed = MissedPolicy.RunAll;
        var first = Plan(task, "2026-11-24T06:00:30Z");
        Assert.Equal(1000, first.DueAt.Count);
        task.State.NextRunAt = first.NextRunAt;
        var second = Plan(task, "2026-11-24T06:00:30Z");
        Assert.Equal(first.DueAt[^1].AddMinutes(1), second.DueAt[0]);
        Assert.Equal(81, second.DueAt.Count);
        Assert.Equal(CronSamples.At("2026-11-24T06:01Z"), second.NextRunAt);
    }

    [Theory]
    [InlineData(OverlapPolicy.Skip, RunTrigger.Schedule, RunOutcome.Running, 0, 1)]
    [InlineData(OverlapPolicy.Queue, RunTrigger.Schedule, RunOutcome.Running, 1, 0)]
    [InlineData(OverlapPolicy.Parallel, RunTrigger.Schedule, RunOutcome.Running, 1, 0)]
    // mail that waits, and runs made by hand, do not hold up the schedule
    [InlineData(OverlapPolicy.Skip, RunTrigger.Schedule, RunOutcome.Delivering, 1, 0)]
    [InlineData(OverlapPolicy.Skip, RunTrigger.Manual, RunOutcome.Running, 1, 0)]
    public void A_run_that_is_not_over_follows_the_policy(OverlapPolicy overlap, RunTrigger trigger, RunOutcome outcome, int runs,
        int skipped)
    {
        var task = Hourly();
        task.Overlap = overlap;
        var plan =
            DuePlanner.Plan(task, [new ReportRun { Trigger = trigger, Outcome = outcome, DueAt = CronSamples.At("2026-11-24T08:00Z") }],
            CronSamples.At(Nine), new ReportSchedulerOption());
        Assert.Equal((runs, skipped), (plan.DueAt.Count, plan.Records.Count));
        Assert.All(plan.Records, record => Assert.Equal(
            (RunOutcome.Skipped, CronSamples.At(Nine), "StillRunning", "The run of 'Daily' that was due at 2026-11-24 08:00 +00:00 was "
                + "still running. -Overlap Queue waits for it, -Overlap Parallel does not."),
            (record.Outcome, record.DueAt, record.ErrorId, record.Error)));
        Assert.Equal(CronSamples.At("2026-11-24T10:00Z"), plan.NextRunAt);
    }

    [Fact]
    public void A_record_of_missed_due_times_that_waits_for_its_turn_holds_up_nothing()
    {
        var missed =
            new ReportRun { Trigger = RunTrigger.Schedule, MissedCount = 1, Error = "missed", DueAt = CronSamples.At("2026-11-23T08:00Z") };
        Assert.Single(DuePlanner.Plan(Hourly(), [missed], CronSamples.At(Nine), new ReportSchedulerOption()).DueAt);
    }

    [Fact]
    public void A_task_whose_window_is_over_is_not_due_again()
    {
        var task = Hourly();
        task.EndAt = CronSamples.At("2026-11-24T09:30Z");
        Assert.Null(Plan(task, "2026-11-24T09:00Z").NextRunAt);
    }

    private static ReportTask Hourly() => Due("0 * * * *", Nine);

    private static ReportTask Due(string cron, string nextRunAt) =>
        new() { Id = "t1", Name = "Daily", Cron = cron, State = new ReportTaskState { NextRunAt = CronSamples.At(nextRunAt) } };

    private static DuePlan Plan(ReportTask task, string now) => DuePlanner.Plan(task, [], CronSamples.At(now), new ReportSchedulerOption());
}
