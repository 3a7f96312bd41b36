using System.Globalization;

namespace ReportScheduler.Exports.Charts;

/// <summary>The texts along a time axis: at the beginnings of days, months or years, whatever days the points are on.</summary>
internal static class AxisTicks
{
    private const int Most = 12;
    private static readonly int[] DaySteps = [1, 2, 7, 14];
    private static readonly int[] MonthSteps = [1, 2, 3, 6];
    private static readonly int[] YearSteps = [1, 2, 5, 10, 20, 50, 100];

    /// <param name="first">The first point.</param>
    /// <param name="last">The last point.</param>
    /// <param name="culture">Writes months and days.</param>
    public static IReadOnlyList<(DateTime At, string Text)> Of(DateTime first, DateTime last, CultureInfo culture)
    {
        var days = (last - first).TotalDays;
        foreach (var step in days > DaySteps[^1] * Most ? [] : DaySteps.Where(step => days / step <= Most && days >= 3))
        {
            return Every(first, last, day => day.AddDays(step), first.TimeOfDay == TimeSpan.Zero ? first : first.Date.AddDays(1),
                day => Day(day, culture));
        }

        foreach (var step in MonthSteps.Where(step => days / 30.4 / step <= Most && days >= 45))
        {
            var start = new DateTime(first.Year, 1, 1);
            return Every(first, last, month => month.AddMonths(step), start,
                month => month.Month == 1 ? month.ToString("yyyy", culture) : month.ToString("MMM", culture));
        }

        var years = YearSteps.FirstOrDefault(step => days / 365.25 / step <= Most, YearSteps[^1]);
        return days < 45 ? [] : Every(first, last, year => year.AddYears(years),
            new DateTime(Math.Max(1, first.Year / years * years), 1, 1), year => year.ToString("yyyy", culture));
    }

    private static List<(DateTime At, string Text)> Every(DateTime first, DateTime last, Func<DateTime, DateTime> next, DateTime from,
        Func<DateTime, string> text)
    {
        var ticks = new List<(DateTime, string)>();
        for (var at = from; at <= last && ticks.Count < 100; at = next(at))
        {
            if (at >= first)
            {
                ticks.Add((at, text(at)));
            }

            if (at > DateTime.MaxValue.AddYears(-101))
            {
                break;
            }
        }

        return ticks;
    }

    // The culture's order of day and month, without the year.
    private static string Day(DateTime day, CultureInfo culture) =>
        culture.Equals(CultureInfo.InvariantCulture) ? day.ToString("d MMM", culture)
        : culture.TwoLetterISOLanguageName is "ja" or "zh" ? day.ToString("M", culture)
        : day.ToString(culture.DateTimeFormat.MonthDayPattern switch
        {
            ['M', ..] => "MMM d",
            var pattern when pattern.Contains("d.", StringComparison.Ordinal) => "d. MMM",
            _ => "d MMM",
        }, culture);
}
