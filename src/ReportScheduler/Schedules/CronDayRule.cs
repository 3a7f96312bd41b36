using ReportScheduler.Text;

namespace ReportScheduler.Schedules;

/// <summary>A day that is another one each month.</summary>
/// <param name="Words">The day in words, without the month.</param>
/// <param name="Matches">Whether the date is such a day.</param>
internal sealed record CronDayRule(string Words, Func<DateOnly, bool> Matches)
{
    /// <summary>The <see cref="Nth"/> of a last weekday.</summary>
    public const int LastOfMonth = -1;

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <summary>How many days before the last one; null for other rules.</summary>
    public int? BeforeLast { get; private init; }

    /// <summary>Which of a weekday's in the month, or <see cref="LastOfMonth"/>; 0 for other rules.</summary>
    public int Nth { get; private init; }

    /// <summary>The weekday of <see cref="Nth"/>, 0 for Sunday.</summary>
    public int Day { get; private init; }

    /// <summary>L, or L-3 for three days before the last.</summary>
    public static CronDayRule LastDay(int before) => new(
        before == 0 ? "the last day" : $"the last day but {before}",
        date => date.Day == DaysInMonth(date) - before)
    { BeforeLast = before };

    /// <summary>LW or L-3W: the weekday nearest to such a day, within the month.</summary>
    public static CronDayRule WeekdayNearLast(int before) => new(
        before == 0 ? "the last weekday" : $"the weekday nearest to the last day but {before}",
        date => IsNearestWeekday(date, DaysInMonth(date) - before));

    /// <summary>15W: the day from Monday to Friday nearest to the 15th, within the
    /// month. No such day in a month without that date.</summary>
    public static CronDayRule WeekdayNear(int day) => new(
        $"the weekday nearest to the {EnglishText.Ordinal(day)}", date => IsNearestWeekday(date, day));

    /// <summary>MON#2: the second Monday.</summary>
    public static CronDayRule NthWeekday(int dayOfWeek, int nth) => new(
        $"the {Ordinals[nth - 1]} {(DayOfWeek)dayOfWeek}",
        date => (int)date.DayOfWeek == dayOfWeek && (date.Day - 1) / 7 == nth - 1)
    { Nth = nth, Day = dayOfWeek };

    /// <summary>5L: the last Friday.</summary>
    public static CronDayRule LastWeekday(int dayOfWeek) => new(
        $"the last {(DayOfWeek)dayOfWeek}",
        date => (int)date.DayOfWeek == dayOfWeek && date.Day > DaysInMonth(date) - 7)
    { Nth = LastOfMonth, Day = dayOfWeek };

    private static bool IsNearestWeekday(DateOnly date, int day)
    {
        var last = DaysInMonth(date);
        if (day < 1 || day > last)
        {
            return false;
        }

        return date.Day == new DateOnly(date.Year, date.Month, day).DayOfWeek switch
        {
            DayOfWeek.Saturday => day > 1 ? day - 1 : day + 2,
            DayOfWeek.Sunday => day < last ? day + 1 : day - 2,
            _ => day,
        };
    }

    private static int DaysInMonth(DateOnly date) => DateTime.DaysInMonth(date.Year, date.Month);
}
