using System.Globalization;

namespace ReportScheduler.Schedules;

/// <summary>Cron text in plain language: "every weekday at 09:00".</summary>
internal static class CronDescription
{
    private const int FewTimes = 6;
    private const string EveryWeekday = "every weekday";

    public static string Of(CronExpression cron)
    {
        var days = Days(cron);
        var times = Times(cron);
        return times.StartsWith("at ", StringComparison.Ordinal) ? $"{days ?? "every day"} {times}"
            : days is null ? times
            : $"{times}, {days}";
    }

    private static string Times(CronExpression cron)
    {
        var (seconds, minutes, hours) = (cron.Second.List(), cron.Minute.List(), cron.Hour.List());
        if (seconds.Count * minutes.Count * hours.Count <= FewTimes)
        {
            return "at " + EnglishText.List(
                from hour in hours from minute in minutes from second in seconds select Time(hour, minute, second));
        }
        return WithinTheHour(seconds, minutes) is var often && cron.Hour.IsAll ? often
            : seconds is [0] && minutes is [0] && Step(hours, 24) is { } step ? $"every {step} hours"
            : IsRun(hours) ? $"{often} from {Time(hours[0], 0, 0)} to {Time(hours[^1], 59, 59)[..5]}"
            : seconds is [0] && minutes is [0] ? "at " + EnglishText.List(hours.Select(hour => Time(hour, 0, 0)))
            : $"{often} in the hours {EnglishText.List(hours.Select(hour => Time(hour, 0, 0)))}";
    }

    private static string WithinTheHour(IReadOnlyList<int> seconds, IReadOnlyList<int> minutes) => (seconds, minutes) switch
    {
        ([0], [0]) => "every hour",
        ([0], _) => Every(minutes, "minute", "hour"),
        ([var second], [var minute]) => $"every hour at minute {minute} and second {second}",
        (_, { Count: 60 }) => Every(seconds, "second", "minute"),
        _ => $"{Every(seconds, "second", "minute")}, {Every(minutes, "minute", "hour")}",
    };

    private static string Every(IReadOnlyList<int> values, string unit, string within) =>
        values.Count == 60 ? $"every {unit}"
        : Step(values, 60) is { } step ? $"every {step} {unit}s"
        : values.Count > 2 && IsRun(values) ? $"every {unit} from {values[0]} to {values[^1]} of every {within}"
        : $"every {within} at {unit}{(values.Count == 1 ? "" : "s")} {EnglishText.List(values.Select(Text))}";

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
        var monthly = $"on {MonthDays(cron.DayOfMonth)} of {month ?? "every month"}";
        return week is null ? monthly
            : cron.DayOfWeek.Rules.Count > 0 ? $"{monthly} when it is {MonthDays(cron.DayOfWeek)}"
            : $"{monthly} when it is {(week == EveryWeekday ? "a weekday" : EnglishText.List(MondayFirst(cron.DayOfWeek.List()).Select(day => $"a {(DayOfWeek)day}"), "or"))}";
    }

    private static string? WeekDays(CronValues days, string? month)
    {
        if (days.Rules.Count > 0)
        {
            return $"on {MonthDays(days)} of {month ?? "every month"}";
        }
        return days.IsAll ? null : days.List() switch
        {
            [1, 2, 3, 4, 5] => EveryWeekday,
            var list => "every " + EnglishText.List(MondayFirst(list).Select(day => ((DayOfWeek)day).ToString())),
        };
    }

    private static string MonthDays(CronValues days) => days is { Rules.Count: 0, Field: var field } && field == CronField.DayOfMonth && days.List() is { Count: > 2 } list && IsRun(list)
        ? $"the {EnglishText.Ordinal(list[0])} to the {EnglishText.Ordinal(list[^1])}"
        : EnglishText.List(
            days.List().Select(value => days.Field == CronField.DayOfWeek ? $"each {(DayOfWeek)value}" : $"the {EnglishText.Ordinal(value)}")
                .Concat(days.Rules.Select(rule => rule.Words)));

    private static string Months(IReadOnlyList<int> months) => IsRun(months) && months.Count > 2
        ? $"{MonthName(months[0])} to {MonthName(months[^1])}"
        : EnglishText.List(months.Select(MonthName));

    private static IEnumerable<int> MondayFirst(IReadOnlyList<int> days) => days.OrderBy(day => (day + 6) % 7);

    /// <summary>The n of "every n": the values begin at 0 and are n apart all round.</summary>
    private static int? Step(IReadOnlyList<int> values, int round) =>
        values.Count > 1 && round % values.Count == 0 && values.Select((value, index) => value == index * (round / values.Count)).All(same => same)
            ? round / values.Count
            : null;

    private static bool IsRun(IReadOnlyList<int> values) => values[^1] - values[0] == values.Count - 1;

    private static string MonthName(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    private static string Time(int hour, int minute, int second) =>
        string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}{(second == 0 ? "" : $":{second:00}")}");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
