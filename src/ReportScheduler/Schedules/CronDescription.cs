using System.Globalization;
using ReportScheduler.Text;

namespace ReportScheduler.Schedules;

/// <summary>Cron text in plain language: "every weekday at 09:00".</summary>
internal static class CronDescription
{
    private const int FewTimes = 6;
    private const int ManyHours = 4;
    private const string EveryWeekday = "every weekday";

    public static string Of(CronExpression cron)
    {
        var days = Days(cron);
        // on certain days the hours 22-2 are not one night: they are the end of the day and its beginning
        var times = Times(cron, wraps: days is null);
        return times.StartsWith("at ", StringComparison.Ordinal) ? $"{days ?? "every day"} {times}"
            : days is null ? times
            : $"{times}, {days}";
    }

    private static string Times(CronExpression cron, bool wraps)
    {
        var (seconds, minutes, hours) = (cron.Second.List(), cron.Minute.List(), cron.Hour.List());
        var onTheHour = seconds is [0] && minutes is [0];
        var spans = CronSpan.Of(hours, 0, 24, wraps);
        var manyInARow = onTheHour && spans is [{ Count: >= ManyHours }] && !cron.Hour.IsAll;
        if (seconds.Count * minutes.Count * hours.Count <= FewTimes && !manyInARow)
        {
            return "at " + EnglishText.List(
                from span in spans
                from after in Enumerable.Range(0, span.Count)
                from minute in minutes
                from second in seconds
                select Time((span.First + after) % 24, minute, second));
        }

        var often = WithinTheHour(cron, wraps && cron.Hour.IsAll);
        if (cron.Hour.IsAll)
        {
            return often;
        }

        if (onTheHour && Round(hours, 24) is { } every)
        {
            return $"every {every} hours";
        }

        string Range(int first, int last) => $"from {Time(first, 0, 0)} to {last:00}:{(onTheHour ? "00" : "59")}";
        if (CronSpan.Step(hours) is { } step)
        {
            return $"{(onTheHour ? $"every {step} hours" : $"{often} in every {EnglishText.Ordinal(step)} hour")} "
                + $"{Range(hours[0], hours[^1])}";
        }

        var single = onTheHour ? spans.Where(span => !span.IsRange).SelectMany(span => span.Say(hour => Time(hour, 0, 0))).ToList() : [];
        var ranges = EnglishText.List(spans.Where(span => !onTheHour || span.IsRange).Select(span => Range(span.First, span.Last)));
        return single.Count == 0 ? $"{often} {ranges}"
            : $"at {EnglishText.List(single)}{(ranges.Length == 0 ? "" : $" and {often} {ranges}")}";
    }

    private static string WithinTheHour(CronExpression cron, bool wraps) => (cron.Second.List(), cron.Minute.List()) switch
    {
        ([0], [0]) => "every hour",
        ([0], var minutes) => Every(minutes, "minute", "hour", wraps),
        ([var second], [var minute]) => $"every hour at minute {minute} and second {second}",
        (var seconds, { Count: 60 }) => Every(seconds, "second", "minute", wraps),
        var (seconds, minutes) => $"{Every(seconds, "second", "minute", wraps: false)}, {Every(minutes, "minute", "hour", wraps)}",
    };

    private static string Every(IReadOnlyList<int> values, string unit, string within, bool wraps)
    {
        if (values.Count == 60)
        {
            return $"every {unit}";
        }

        if (Round(values, 60) is { } round)
        {
            return $"every {round} {unit}s";
        }

        if (CronSpan.Step(values) is { } step)
        {
            return $"every {step} {unit}s from {values[0]} to {values[^1]} of every {within}";
        }

        var spans = CronSpan.Of(values, 0, 60, wraps);
        return spans is [{ IsRange: true } span]
            ? $"every {unit} from {span.First} to {span.Last} of every {within}"
            : $"every {within} at {unit}{(values.Count == 1 ? "" : "s")} {EnglishText.List(spans.SelectMany(span => span.Say(Text)))}";
    }

    /// <returns>Null when every day matches.</returns>
    private static string? Days(CronExpression cron)
    {
        var month = cron.Month.IsAll ? null : Months(cron.Month.List());
        var week = WeekDays(cron.DayOfWeek, month);
        if (cron.DayOfMonth.IsAll)
        {
            return week is null ? month is null ? null : $"every day in {month}"
                : month is null || cron.DayOfWeek.Rules.Count > 0 ? week
                : $"{week} in {month}";
        }

        var monthly = $"on {MonthDays(cron.DayOfMonth, wraps: month is null)} of {month ?? "every month"}";
        return week is null ? monthly : $"{monthly} when it is {OneOf(cron.DayOfWeek)}";
    }

    private static string? WeekDays(CronValues days, string? month) =>
        days.Rules.Count > 0 ? $"on {RuleDays(days)} of {month ?? "every month"}"
        : days.IsAll ? null
        : days.List() is [1, 2, 3, 4, 5] ? EveryWeekday
        : WeekSpans(days) is [{ IsRange: true } span] ? $"every day from {WeekDay(span.First)} to {WeekDay(span.Last)}"
        : $"every {EnglishText.List(WeekSpans(days).SelectMany(span => span.Say(WeekDay)))}";

    private static string OneOf(CronValues days) =>
        days.Rules.Count > 0 ? RuleDays(days)
        : days.List() is [1, 2, 3, 4, 5] ? "a weekday"
        : EnglishText.List(WeekSpans(days).SelectMany(span => span.IsRange
            ? [$"a day from {WeekDay(span.First)} to {WeekDay(span.Last)}"]
            : span.Say(day => $"a {WeekDay(day)}")), "or");

    private static string RuleDays(CronValues days) => EnglishText.List(
        days.List().Select(day => $"each {(DayOfWeek)day}").Concat(days.Rules.Select(rule => rule.Words)));

    private static string MonthDays(CronValues days, bool wraps) =>
        days.Rules.Count == 0 && CronSpan.Step(days.List()) is { } step
            ? $"every {EnglishText.Ordinal(step)} day from the {EnglishText.Ordinal(days.List()[0])} to the "
                + $"{EnglishText.Ordinal(days.List()[^1])}"
            : EnglishText.List(CronSpan.Of(days.List(), 1, 31, wraps).SelectMany(span => span.Say(day => $"the {EnglishText.Ordinal(day)}"))
                .Concat(days.Rules.Select(rule => rule.Words)));

    private static string Months(IReadOnlyList<int> months) => CronSpan.Step(months) is { } step
        ? $"every {EnglishText.Ordinal(step)} month from {MonthName(months[0])} to {MonthName(months[^1])}"
        : EnglishText.List(CronSpan.Of(months, 1, 12, wraps: true).SelectMany(span => span.Say(MonthName)));

    /// <summary>The week from Monday, which is 0 here, to Sunday.</summary>
    private static IReadOnlyList<CronSpan> WeekSpans(CronValues days) =>
        CronSpan.Of([.. days.List().Select(day => (day + 6) % 7).Order()], 0, 7, wraps: true);

    private static string WeekDay(int fromMonday) => $"{(DayOfWeek)((fromMonday + 1) % 7)}";

    /// <summary>The n of "every n": the values begin at 0 and are n apart all round.</summary>
    private static int? Round(IReadOnlyList<int> values, int round) =>
        values.Count > 1 && round % values.Count == 0
            && values.Select((value, index) => value == index * (round / values.Count)).All(same => same)
            ? round / values.Count
            : null;

    private static string MonthName(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    private static string Time(int hour, int minute, int second) =>
        string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}{(second == 0 ? "" : $":{second:00}")}");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
