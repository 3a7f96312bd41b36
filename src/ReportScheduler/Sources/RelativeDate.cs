using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Sources;

/// <summary>A date in words, worked out from the instant a report is about.</summary>
/// <remarks>
/// Grammar, without regard to case: a word, then any number of offsets, as in <c>startOfMonth-1mo</c>.
/// Words: <c>now</c>; <c>today</c>, <c>yesterday</c>, <c>tomorrow</c>; <c>startOf</c> with <c>Minute</c>, <c>Hour</c>, <c>Day</c>,
/// <c>Week</c>, <c>Month</c>, <c>Quarter</c> or <c>Year</c>; <c>endOf</c> with <c>Week</c>, <c>Month</c>, <c>Quarter</c> or <c>Year</c>.
/// Offsets, taken from left to right: <c>+</c> or <c>-</c>, a number, and <c>s</c>, <c>min</c>, <c>h</c>, <c>d</c>, <c>w</c>, <c>mo</c>,
/// <c>q</c> or <c>y</c>. Weeks begin on Monday (ISO 8601).
/// <c>now</c>, <c>startOfMinute</c> and <c>startOfHour</c> are times, the others are dates; an offset of <c>s</c>, <c>min</c> or
/// <c>h</c> makes a date a time. <c>endOf...</c> is the last day of the period, so that BETWEEN works on date columns; its
/// offsets move the period, so that <c>endOfMonth-1mo</c> is the last day of the month before. On columns with a time compare
/// with less than the start of the next period: <c>startOfMonth+1mo</c>.
/// Calendar words and offsets follow the wall clock of the zone; <c>s</c>, <c>min</c> and <c>h</c> are elapsed time. A wall-clock
/// time that does not exist is the first instant after the gap, one that comes twice is the first.
/// </remarks>
internal sealed partial class RelativeDate
{
    private static readonly string[] Words =
    [
        "now", "today", "yesterday", "tomorrow",
        "startOfMinute", "startOfHour", "startOfDay", "startOfWeek", "startOfMonth", "startOfQuarter", "startOfYear",
        "endOfWeek", "endOfMonth", "endOfQuarter", "endOfYear",
    ];

    private readonly string word;
    private readonly IReadOnlyList<(int Count, string Unit)> offsets;

    private RelativeDate(string word, IReadOnlyList<(int Count, string Unit)> offsets)
    {
        this.word = word;
        this.offsets = offsets;
    }

    private bool IsTime => word is "now" or "startOfMinute" or "startOfHour";

    /// <summary>Reads a relative date; null for a text that is not meant to be one.</summary>
    /// <remarks>
    /// Meant to be one is a text that is a known word, alone or with something after <c>+</c> or <c>-</c>; a word with a valid
    /// offset; and a single word that is nearly a known one, or spelled like a period (<c>startOfFortnight</c>).
    /// </remarks>
    /// <exception cref="ReportException">The text is meant to be a relative date and is none.</exception>
    public static RelativeDate? TryParse(string text)
    {
        if (Spoken().IsMatch(text.Trim()))
        {
            throw SourceErrors.RelativeDateUnknown(text);
        }

        var shape = Shape().Match(text.Trim());
        if (!shape.Success)
        {
            return null;
        }

        var name = shape.Groups["word"].Value;
        var rest = shape.Groups["rest"].Value;
        var parts = Offset().Matches(rest);
        var isWhole = parts.Sum(part => part.Length) == rest.Length;
        var known = Words.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            return (isWhole && parts.Count > 0) || (rest.Length == 0 && (NearMiss.IsNear(name, Words) || Period().IsMatch(name)))
                ? throw SourceErrors.RelativeDateUnknown(text)
                : null;
        }

        var offsets = isWhole ? parts.Select(part => Read(part, text)).ToList() : throw SourceErrors.RelativeDateUnknown(text);
        return known.StartsWith("endOf", StringComparison.Ordinal) && offsets.Exists(offset => IsElapsed(offset.Unit))
            ? throw SourceErrors.RelativeDateUnknown(text)
            : new RelativeDate(known, offsets);
    }

    /// <returns>A <see cref="DateOnly"/>, or a <see cref="DateTimeOffset"/> in the zone.</returns>
    /// <exception cref="ReportException">The offsets lead out of the calendar, years 1 to 9999.</exception>
    public object Resolve(DateTimeOffset dueAt, TimeZoneInfo zone)
    {
        try
        {
            var local = TimeZoneInfo.ConvertTime(dueAt, zone);
            if (IsTime)
            {
                var unit = word switch { "startOfMinute" => TimeSpan.TicksPerMinute, "startOfHour" => TimeSpan.TicksPerHour, _ => 1 };
                return offsets.Aggregate(local.AddTicks(-(local.Ticks % unit)), (time, offset) => Move(time, offset, zone));
            }

            var days = offsets.TakeWhile(offset => !IsElapsed(offset.Unit)).ToList();
            var date = days.Aggregate(Start(DateOnly.FromDateTime(local.DateTime)), Move);
            if (days.Count == offsets.Count)
            {
                return word.StartsWith("endOf", StringComparison.Ordinal) ? date.AddDays(-1) : date;
            }

            return offsets.Skip(days.Count)
                .Aggregate(Zones.ToInstant(date.ToDateTime(TimeOnly.MinValue), zone), (time, offset) => Move(time, offset, zone));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw SourceErrors.RelativeDateOutOfRange(word + string.Concat(offsets.Select(offset => $"{offset.Count:+0;-0}{offset.Unit}")));
        }
    }

    private static (int Count, string Unit) Read(Match part, string text) =>
        int.TryParse(part.Groups["sign"].Value + part.Groups["count"].Value, CultureInfo.InvariantCulture, out var count)
            ? (count, part.Groups["unit"].Value.ToLowerInvariant())
            : throw SourceErrors.RelativeDateUnknown(text);

    private static bool IsElapsed(string unit) => unit is "s" or "min" or "h";

    private static DateOnly Move(DateOnly date, (int Count, string Unit) offset) => offset.Unit switch
    {
        "d" => date.AddDays(offset.Count),
        "w" => date.AddDays(7 * offset.Count),
        "mo" => date.AddMonths(offset.Count),
        "q" => date.AddMonths(3 * offset.Count),
        _ => date.AddYears(offset.Count),
    };

    private static DateTimeOffset Move(DateTimeOffset time, (int Count, string Unit) offset, TimeZoneInfo zone) => offset.Unit switch
    {
        "s" => TimeZoneInfo.ConvertTime(time.AddSeconds(offset.Count), zone),
        "min" => TimeZoneInfo.ConvertTime(time.AddMinutes(offset.Count), zone),
        "h" => TimeZoneInfo.ConvertTime(time.AddHours(offset.Count), zone),
        _ => Zones.ToInstant(Move(DateOnly.FromDateTime(time.DateTime), offset).ToDateTime(TimeOnly.FromDateTime(time.DateTime)), zone),
    };

    /// <summary>The first day of the period, or for endOf words of the one after it.</summary>
    private DateOnly Start(DateOnly day)
    {
        var week = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        var month = new DateOnly(day.Year, day.Month, 1);
        var quarter = new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1);
        var year = new DateOnly(day.Year, 1, 1);
        return word switch
        {
            "yesterday" => day.AddDays(-1),
            "tomorrow" => day.AddDays(1),
            "startOfWeek" => week,
            "endOfWeek" => week.AddDays(7),
            "startOfMonth" => month,
            "endOfMonth" => month.AddMonths(1),
            "startOfQuarter" => quarter,
            "endOfQuarter" => quarter.AddMonths(3),
            "startOfYear" => year,
            "endOfYear" => year.AddYears(1),
            _ => day,
        };
    }

    /// <summary>A period as people say it, such as last week, lastWeek or this_month.</summary>
    [GeneratedRegex("^(last|this|next|previous|current)[ _-]?(minute|hour|day|week|month|quarter|year)$", RegexOptions.IgnoreCase)]
    private static partial Regex Spoken();

    [GeneratedRegex("^(start|end)Of[A-Z]")]
    private static partial Regex Period();

    [GeneratedRegex("^(?<word>[a-z]+)(?<rest>|\\s*[+-].*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\s*(?<sign>[+-])\s*(?<count>\d{1,6})\s*(?<unit>min|mo|s|h|d|w|q|y)(?![a-z0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Offset();
}
