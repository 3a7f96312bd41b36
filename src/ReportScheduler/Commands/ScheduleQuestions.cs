using System.Globalization;
using ReportScheduler.Definitions;
using ReportScheduler.Schedules;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Asks when a report runs, and tells what the answer means.</summary>
/// <param name="ask">The person.</param>
/// <param name="clock">Says what time it is.</param>
/// <param name="zoneIsGiven">Leave the task's time zone as it is.</param>
internal sealed class ScheduleQuestions(Questions ask, TimeProvider clock, bool zoneIsGiven)
{
    public void Fill(ReportTask task)
    {
        var kind =
            ask.Choose("When does it run?", 0, ("&Cron", "At times of the calendar, as cron text."), ("&Every", "At a fixed interval."),
            ("&Once", "At one time."), ("&Never", "Only when Invoke-ReportTask is called."));
        if (kind is 0 or 2 && !zoneIsGiven)
        {
            task.TimeZone = ask.Line("Time zone", task.TimeZone, zone =>
            {
                Zones.Find(zone);
                return zone;
            });
        }

        if (kind == 0)
        {
            ask.Line("Minute, hour, day of month, month, day of week", "0 7 * * MON-FRI", text => Due(task, () => task.Cron = text));
        }
        else if (kind == 1)
        {
            ask.Line("Time between two runs, such as 15m, 2h or 1d", "1d", text => Due(task, () => task.Every = DurationText.Parse(text)));
        }
        else if (kind == 2)
        {
            ask.Line("Date and time, such as 2026-12-31 18:00", null, text => Due(task, () => task.At = Instant(text, task.TimeZone)));
        }
    }

    private bool Due(ReportTask task, Action set)
    {
        set();
        TaskRules.CheckSchedule(task);
        var told = ScheduleExplainer.Explain(TaskSchedule.Of(task)!, null, clock.GetUtcNow(), 3, []);
        ask.Say(
            $"{told.Description}; next: {(told.NextRuns.Length == 0 ? "never" : string.Join(", ", told.NextRuns.Select(InstantText.Of)))}");
        told.Warnings.ToList().ForEach(ask.Say);
        return true;
    }

    private DateTimeOffset Instant(string text, string zone)
    {
        var instant = DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? Zones.ToInstant(time, Zones.Find(zone))
            : default;
        return instant > clock.GetUtcNow()
            ? instant
            : throw DefinitionErrors.ValueOutOfRange("time of the run", text, "a date and time to come, such as 2026-12-31 18:00");
    }
}
