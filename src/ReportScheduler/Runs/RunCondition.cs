using ReportScheduler.Conditions;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Whether a report that is made is delivered: its condition is true and
/// was not told a moment ago, or is not true any more.</summary>
internal static class RunCondition
{
    /// <summary>Decides, and notes on the run what was found.</summary>
    /// <exception cref="ReportException">The condition asks for what the result has not.</exception>
    public static bool IsWanted(ReportTask task, ReportRun run, ConditionWatch watch, TimeZoneInfo zone, DateTimeOffset now)
    {
        var verdict = new ConditionVerdict(watch.Condition, watch, run.DueAt, zone);
        var isTrue = verdict.Holds();
        // what is true of other parameters neither begins nor ends anything
        var isOther = RunQuestion.IsOther(task, run);
        var told = task.State.ConditionText == task.SendWhen && !run.IsTest && !isOther ? task.State.ConditionToldAt : null;
        (run.IsConditionTrue, run.ConditionText) = (isOther ? null : isTrue, task.SendWhen);
        run.Condition = ConditionSentence.Of(task.SendWhen, isTrue, verdict.Found());
        if (!isTrue)
        {
            run.IsRecovery = task.OnRecovered && told is not null;
            run.Condition = run.IsRecovery ? ConditionSentence.Recovered(run.Condition) : run.Condition;
            return run.IsRecovery;
        }

        // one that was told later than now was told by a clock that was wrong
        if (task.RemindAfter is { } pause && told is { } last && now - last < pause && last <= now)
        {
            run.Condition += $"; it was told at {InstantText.Of(last, task.TimeZone)}, and is again after {DurationText.Format(pause)}";
            return false;
        }

        return true;
    }
}
