using System.Globalization;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Charts;

/// <summary>Where units of time begin, and what they are called.</summary>
internal static class DateUnits
{
    /// <summary>The beginning of the unit that a time is in; weeks begin on Monday.</summary>
    public static DateTime Start(DateUnit unit, DateTime at) => unit switch
    {
        DateUnit.Instant => at,
        DateUnit.Hour => at.Date.AddHours(at.Hour),
        DateUnit.Day => at.Date,
        DateUnit.Week => at.Date.AddDays(-Math.Min(((int)at.DayOfWeek + 6) % 7, (at.Date - DateTime.MinValue).Days)),
        DateUnit.Month => new DateTime(at.Year, at.Month, 1),
        DateUnit.Quarter => new DateTime(at.Year, ((at.Month - 1) / 3 * 3) + 1, 1),
        _ => new DateTime(at.Year, 1, 1),
    };

    /// <summary>The beginning of the unit after one that begins at a time; the end of time where there is none.</summary>
    public static DateTime Next(DateUnit unit, DateTime start)
    {
        if (start.Year >= DateTime.MaxValue.Year)
        {
            return DateTime.MaxValue;
        }

        return unit switch
        {
            DateUnit.Hour => start.AddHours(1),
            DateUnit.Day => start.AddDays(1),
            DateUnit.Week => Start(unit, start.AddDays(7)),
            DateUnit.Month => start.AddMonths(1),
            DateUnit.Quarter => start.AddMonths(3),
            _ => start.AddYears(1),
        };
    }

    /// <summary>The longest unit at whose beginnings all times stand.</summary>
    public static DateUnit Of(IReadOnlyCollection<DateTime> times)
    {
        if (times.Count < 2)
        {
            return times.Any(time => time.TimeOfDay != TimeSpan.Zero) ? DateUnit.Instant : DateUnit.Day;
        }

        foreach (var unit in new[] { DateUnit.Year, DateUnit.Quarter, DateUnit.Month, DateUnit.Day })
        {
            if (times.All(time => Start(unit, time) == time))
            {
                return unit;
            }
        }

        return DateUnit.Instant;
    }

    /// <summary>The name of a unit that begins at a time.</summary>
    public static string Name(DateUnit unit, DateTime start, CultureInfo culture)
    {
        var isInvariant = culture.Equals(CultureInfo.InvariantCulture);
        return unit switch
        {
            DateUnit.Year => start.ToString("yyyy", culture),
            DateUnit.Quarter => ReportWords.Of(culture).With("quarter", (start.Month + 2) / 3, start.ToString("yyyy", culture)),
            DateUnit.Month => Month(start, culture),
            DateUnit.Day or DateUnit.Week => start.ToString(isInvariant ? "yyyy-MM-dd" : "d", culture),
            _ => start.ToString(isInvariant ? "yyyy-MM-dd HH:mm" : "g", culture),
        };
    }

    /// <summary>The phrase for so much per unit; null for an instant.</summary>
    public static string? Phrase(DateUnit unit) => unit switch
    {
        DateUnit.Day => "perDay",
        DateUnit.Week => "perWeek",
        DateUnit.Month => "perMonth",
        DateUnit.Quarter => "perQuarter",
        DateUnit.Year => "perYear",
        _ => null,
    };

    private static string Month(DateTime start, CultureInfo culture) =>
        culture.TwoLetterISOLanguageName is "ja" or "zh" or "ko" ? start.ToString("Y", culture) : start.ToString("MMM yyyy", culture);
}
