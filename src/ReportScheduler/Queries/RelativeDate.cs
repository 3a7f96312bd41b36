using System.Globalization;
using System.Text.RegularExpressions;

namespace ReportScheduler.Queries;

/// <summary>A date in words, worked out from the instant a report is about.</summary>
/// <remarks>
/// Grammar, without regard to case: a word, then any number of offsets.
/// Words: <c>now</c>; <c>today</c>, <c>yesterday</c>, <c>tomorrow</c>; <c>startOf</c> or <c>endOf</c> with <c>Hour</c>,
/// <c>Day</c>, <c>Week</c>, <c>Month</c>, <c>Quarter</c>, <c>Year</c>. Offsets: <c>+</c> or <c>-</c>, a number, and
/// <c>min</c>, <c>h</c>, <c>d</c>, <c>w</c>, <c>mo</c>, <c>q</c> or <c>y</c>. Weeks begin on Monday (ISO 8601).
/// <c>now</c> and <c>...OfHour</c> are times; the others are dates, and an offset of <c>min</c> or <c>h</c> makes them
/// times. <c>endOf...</c> of a date is the last day of it; <c>endOfHour</c> is the first instant of the next hour.
/// Calendar words and offsets follow the wall clock of the zone; <c>h</c> and <c>min</c> are elapsed time.
/// </remarks>
internal sealed partial class RelativeDate
{
    private static readonly string[] Words =
    [
        "now", "today", "yesterday", "tomorrow",
        .. from edge in new[] { "startOf", "endOf" }
           from unit in new[] { "Hour", "Day", "Week", "Month", "Quarter", "Year" }
           select edge + unit,
    ];

    private readonly string word;
    private readonly IReadOnlyList<(int Count, string Unit)> offsets;

    private RelativeDate(string word, IReadOnlyList<(int Count, string Unit)> offsets)
    {
        this.word = word;
        this.offsets = offsets;
    }

    /// <summary>Reads a relative date; null for a text that is not meant to be one.</summary>
    /// <exception cref="ReportException">The text begins like a relative date and is none.</exception>
    public static RelativeDate? TryParse(string text)
    {
        var shape = Shape().Match(text.Trim());
        if (!shape.Success)
        {
            return null;
        }

        var name = shape.Groups["word"].Value;
        var known = Words.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            return LooksMeant(name) ? throw ReportError.RelativeDateUnknown(text) : null;
        }

        var rest = shape.Groups["rest"].Value;
        var parts = Offset().Matches(rest);
        if (parts.Sum(part => part.Length) != rest.Length)
        {
            // 'today is fine' is a text; 'today-1x' is meant to be a date.
            return rest.TrimStart() is ['+' or '-', ..] ? throw ReportError.RelativeDateUnknown(text) : null;
        }

        return new RelativeDate(known, [.. parts.Select(part => (
            int.TryParse(part.Groups["sign"].Value + part.Groups["count"].Value, CultureInfo.InvariantCulture, out var count) && Math.Abs(count) <= 100_000
                ? count
                : throw ReportError.RelativeDateUnknown(text),
            part.Groups["unit"].Value.ToLowerInvariant()))]);
    }

    /// <returns>A <see cref="DateOnly"/>, or a <see cref="DateTimeOffset"/> in the zone.</returns>
    public object Resolve(DateTimeOffset dueAt, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(dueAt, zone);
        if (word is "now" or "startOfHour" or "endOfHour")
        {
            var start = word == "now" ? local : local.AddTicks(-(local.Ticks % TimeSpan.TicksPerHour));
            return Move(word == "endOfHour" ? start.AddHours(1) : start, zone);
        }

        var date = Edge(DateOnly.FromDateTime(local.DateTime));
        var days = offsets.TakeWhile(offset => offset.Unit is not ("h" or "min")).ToList();
        date = days.Aggregate(date, Move);
        if (days.Count == offsets.Count)
        {
            return date;
        }

        return new RelativeDate("now", [.. offsets.Skip(days.Count)]).Move(Schedules.Zones.ToInstant(date.ToDateTime(TimeOnly.MinValue), zone), zone);
    }

    private static bool LooksMeant(string name) =>
        name.StartsWith("startOf", StringComparison.OrdinalIgnoreCase) || name.StartsWith("endOf", StringComparison.OrdinalIgnoreCase);

    private static DateOnly Move(DateOnly date, (int Count, string Unit) offset) => offset.Unit switch
    {
        "d" => date.AddDays(offset.Count),
        "w" => date.AddDays(7 * offset.Count),
        "mo" => date.AddMonths(offset.Count),
        "q" => date.AddMonths(3 * offset.Count),
        _ => date.AddYears(offset.Count),
    };

    private DateOnly Edge(DateOnly day)
    {
        var week = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        var month = new DateOnly(day.Year, day.Month, 1);
        var quarter = new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1);
        return word switch
        {
            "yesterday" => day.AddDays(-1),
            "tomorrow" => day.AddDays(1),
            "startOfWeek" => week,
            "endOfWeek" => week.AddDays(6),
            "startOfMonth" => month,
            "endOfMonth" => month.AddMonths(1).AddDays(-1),
            "startOfQuarter" => quarter,
            "endOfQuarter" => quarter.AddMonths(3).AddDays(-1),
            "startOfYear" => new DateOnly(day.Year, 1, 1),
            "endOfYear" => new DateOnly(day.Year, 12, 31),
            _ => day,
        };
    }

    private DateTimeOffset Move(DateTimeOffset time, TimeZoneInfo zone)
    {
        foreach (var offset in offsets)
        {
            time = offset.Unit switch
            {
                "min" => TimeZoneInfo.ConvertTime(time.AddMinutes(offset.Count), zone),
                "h" => TimeZoneInfo.ConvertTime(time.AddHours(offset.Count), zone),
                _ => Schedules.Zones.ToInstant(
                    Move(DateOnly.FromDateTime(time.DateTime), offset).ToDateTime(TimeOnly.FromDateTime(time.DateTime)), zone),
            };
        }

        return time;
    }

    [GeneratedRegex("^(?<word>[a-z]+)(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\s*(?<sign>[+-])\s*(?<count>\d{1,6})\s*(?<unit>min|mo|h|d|w|q|y)(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Offset();
}
