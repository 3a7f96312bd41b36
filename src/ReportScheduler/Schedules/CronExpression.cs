using System.Text.RegularExpressions;

namespace ReportScheduler.Schedules;

/// <summary>Cron text: the wall-clock times it names. It knows no time zone.</summary>
/// <remarks>
/// Day of month and day of week must both match, as in NCrontab and systemd; the cron of Unix takes either. NCrontab checks this in the
/// tests; it knows no range that wraps, no 7 for Sunday and none of L, W and #.
/// </remarks>
internal sealed partial class CronExpression
{
    // the calendar repeats after 400 years: what does not come in so many never does
    private static readonly DateTime CycleStart = new(2000, 1, 1);
    private static readonly DateTime CycleEnd = new(2400, 1, 1);
    private static readonly DateTime EndOfTime = new(9999, 12, 1);

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    };

    private CronExpression(string text, CronValues[] fields)
    {
        Text = text;
        (Second, Minute, Hour, DayOfMonth, Month, DayOfWeek) = (fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
        Repeats = fields.Any(field => field.Repeats);
    }

    public string Text { get; }

    public CronValues Second { get; }

    public CronValues Minute { get; }

    public CronValues Hour { get; }

    public CronValues DayOfMonth { get; }

    public CronValues Month { get; }

    public CronValues DayOfWeek { get; }

    /// <summary>A time field was written with *, a range or a step: an hour that comes twice is worked through twice.</summary>
    public bool Repeats { get; }

    /// <exception cref="ReportException">The text is not cron text, or no date ever matches it.</exception>
    public static CronExpression Parse(string text)
    {
        if (Prefix().Match(text) is { Success: true } prefix)
        {
            throw ScheduleErrors.NotASchedule(text, $"the zone does not stand before it. Give -TimeZone '{prefix.Groups["zone"].Value}' "
                + $"and -Cron '{text[prefix.Length..].Trim()}'");
        }

        if (text.TrimStart().StartsWith("cron(", StringComparison.OrdinalIgnoreCase))
        {
            throw ScheduleErrors.NotASchedule(text,
                "it is written for another program. Give the fields alone, without cron( ), without a year, and with weekdays by name");
        }

        var fields = Expand(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 7)
        {
            throw ScheduleErrors.NotASchedule(text, "it has 7 fields, as Quartz has with a year; there is no year here: leave it out, "
                + "and use -StartAt and -EndAt. Weekdays are 0 for Sunday to 6 here, and by name the same everywhere");
        }

        if (fields.Length is not (5 or 6))
        {
            throw ScheduleErrors.NotASchedule(text, $"it has {fields.Length} field{(fields.Length == 1 ? "" : "s")}, and cron text has 5 "
                + "(minute, hour, day of month, month, day of week) or 6 with the second first");
        }

        CronField[] kinds = [CronField.Second, CronField.Minute, CronField.Hour, CronField.DayOfMonth, CronField.Month,
            CronField.DayOfWeek];
        var values = (fields.Length == 5 ? fields.Prepend("0") : fields)
            .Zip(kinds, (field, kind) => new CronFieldParser(kind, text).Parse(field));
        var cron = new CronExpression(text, [.. values]);
        return cron.Next(CycleStart, CycleEnd) is null
            ? throw ScheduleErrors.ScheduleNeverRuns(text, "no date matches all its fields")
            : cron;
    }

    /// <summary>The first matching wall-clock time after <paramref name="after"/>; null in the last days of the year 9999.</summary>
    public DateTime? Next(DateTime after) => Next(after, EndOfTime);

    /// <param name="after">A wall-clock time; it does not count itself.</param>
    /// <param name="end">The search ends before it.</param>
    public DateTime? Next(DateTime after, DateTime end)
    {
        if (after >= end)
        {
            return null;
        }

        var day = DateOnly.FromDateTime(after);
        var time = NextTime((after.Hour, after.Minute, after.Second + 1));
        while (time is null || !IsDay(day))
        {
            day = Month.Has(day.Month) ? day.AddDays(1) : new DateOnly(day.Year, day.Month, 1).AddMonths(1);
            if (day.ToDateTime(default) >= end)
            {
                return null;
            }

            time = NextTime(default);
        }

        var next = day.ToDateTime(new TimeOnly(time.Value.Hour, time.Value.Minute, time.Value.Second));
        return next < end ? next : null;
    }

    /// <summary>The first time of a day that matches, from <paramref name="from"/> on; null for none on that day.</summary>
    /// <param name="from">Its second may be 60.</param>
    private (int Hour, int Minute, int Second)? NextTime((int Hour, int Minute, int Second) from)
    {
        if (Hour.Has(from.Hour) && Minute.Has(from.Minute) && Second.From(from.Second) is { } second)
        {
            return (from.Hour, from.Minute, second);
        }

        if (Hour.Has(from.Hour) && Minute.From(from.Minute + 1) is { } minute)
        {
            return (from.Hour, minute, Second.First);
        }

        return Hour.From(from.Hour + 1) is { } hour ? (hour, Minute.First, Second.First) : null;
    }

    private bool IsDay(DateOnly date) =>
        Month.Has(date.Month) && IsDay(DayOfMonth, date.Day, date) && IsDay(DayOfWeek, (int)date.DayOfWeek, date);

    /// <summary>How many times of a day match, on a day without a change of the clocks.</summary>
    public int CountOn(DateTime day) =>
        IsDay(DateOnly.FromDateTime(day))
            ? Hour.List().Count * Minute.List().Count * Second.List().Count
            : 0;

    private static bool IsDay(CronValues values, int value, DateOnly date)
    {
        if (values.Has(value))
        {
            return true;
        }

        foreach (var rule in values.Rules)
        {
            if (rule.Matches(date))
            {
                return true;
            }
        }

        return false;
    }

    private static string Expand(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith('@'))
        {
            return trimmed;
        }

        return Aliases.TryGetValue(trimmed, out var cron)
            ? cron
            : throw ScheduleErrors.NotASchedule(text, "of the words with @ there are @hourly, @daily, @weekly, @monthly and @yearly");
    }

    [GeneratedRegex(@"^\s*(?:CRON_)?TZ\s*=\s*(?<zone>\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();
}
