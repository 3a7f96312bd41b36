using System.Globalization;
using System.Text;

namespace ReportScheduler.Numbers;

/// <summary>Dates, times of the day and durations under a section for them.</summary>
internal static class DateText
{
    private static readonly TimeSpan LastSecond = new(23, 59, 59);

    // Excel has its Saturday there
    private static readonly DateTime NoDay = new(1900, 1, 6);

    /// <param name="section">Is for dates.</param>
    /// <param name="day">The day; null for a time without one, which Excel counts as day 0 of January 1900.</param>
    /// <param name="time">Since midnight, or for how long; not negative.</param>
    /// <param name="elapsed">What <c>[h]</c> counts.</param>
    /// <param name="culture">The names of months and days.</param>
    public static string Of(FormatSection section, DateTime? day, TimeSpan time, TimeSpan elapsed, CultureInfo culture)
    {
        var tokens = section.Tokens;
        // Excel rounds to the parts of a second that are shown, and cuts off what is smaller than a minute
        var shown = tokens.Where(token => token.Kind == FormatTokenKind.SecondFraction).Select(token => token.Text.Length - 1)
            .DefaultIfEmpty(0).Max();
        if (tokens.Any(token => token.Text is ['s', ..] && token.Kind is FormatTokenKind.Date or FormatTokenKind.Elapsed))
        {
            var unit = TimeSpan.TicksPerSecond / (long)Math.Pow(10, Math.Min(shown, 7));
            var added = new TimeSpan(((time.Ticks + (unit / 2)) / unit * unit) - time.Ticks);
            (time, elapsed) = (time + added, elapsed + added);
        }

        if (time.Days > 0)
        {
            (day, time) = day < DateTime.MaxValue.Date ? (day?.AddDays(1), TimeSpan.Zero) : (day, day is null ? TimeSpan.Zero : LastSecond);
        }

        var names = Gregorian((section.Culture ?? culture).DateTimeFormat);
        var twelve = section.Has(FormatTokenKind.HalfOfDay);
        var text = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            text.Append(tokens[i].Kind switch
            {
                FormatTokenKind.Date => Part(tokens, i, day ?? NoDay, day is null ? 0 : day.Value.Day, time, twelve, names),
                FormatTokenKind.Elapsed => Elapsed(tokens[i].Text, elapsed),
                FormatTokenKind.HalfOfDay => HalfOfDay(tokens[i].Text, time.Hours),
                FormatTokenKind.SecondFraction => culture.NumberFormat.NumberDecimalSeparator
                    + $"{time.Ticks % TimeSpan.TicksPerSecond:D7}".PadRight(tokens[i].Text.Length - 1, '0')[..(tokens[i].Text.Length - 1)],
                FormatTokenKind.General => "",
                _ => tokens[i].Text,
            });
        }

        return text.ToString();
    }

    private static string Part(IReadOnlyList<FormatToken> tokens, int i, DateTime day, int dayOfMonth, TimeSpan time, bool twelve,
        DateTimeFormatInfo names)
    {
        var part = tokens[i].Text;
        var hour = twelve ? ((time.Hours + 11) % 12) + 1 : time.Hours;
        return (part[0], part.Length) switch
        {
            ('y', <= 2) => (day.Year % 100).ToString("00", CultureInfo.InvariantCulture),
            ('y', _) or ('e', _) => day.Year.ToString("0000", CultureInfo.InvariantCulture),
            ('d', <= 2) => Number(dayOfMonth, part),
            ('d', 3) => names.GetAbbreviatedDayName(day.DayOfWeek),
            ('d', _) => names.GetDayName(day.DayOfWeek),
            ('h', _) => Number(hour, part),
            ('s', _) => Number(time.Seconds, part),
            (_, <= 2) => Number(IsMinutes(tokens, i) ? time.Minutes : day.Month, part),
            (_, 3) => names.GetAbbreviatedMonthName(day.Month),
            (_, 5) => names.GetMonthName(day.Month)[..1],
            _ => names.GetMonthName(day.Month),
        };
    }

    // m means minutes behind hours and before seconds.
    private static bool IsMinutes(IReadOnlyList<FormatToken> tokens, int at)
    {
        static bool IsPart(FormatToken token) => token.Kind is FormatTokenKind.Date or FormatTokenKind.Elapsed;
        return tokens.Take(at).Where(IsPart).LastOrDefault().Text is ['h', ..]
            || tokens.Skip(at + 1).FirstOrDefault(IsPart).Text is ['s', ..];
    }

    private static string Elapsed(string part, TimeSpan time) => Number(part[0] switch
    {
        'h' => time.Ticks / TimeSpan.TicksPerHour,
        'm' => time.Ticks / TimeSpan.TicksPerMinute,
        _ => time.Ticks / TimeSpan.TicksPerSecond,
    }, part);

    private static string HalfOfDay(string token, int hour)
    {
        var halves = token.Split('/');
        return hour < 12 ? halves[0] : halves[1];
    }

    private static string Number(long value, string part) => value.ToString(CultureInfo.InvariantCulture).PadLeft(part.Length, '0');

    // Excel's months are those of this calendar, whatever the culture's own.
    private static DateTimeFormatInfo Gregorian(DateTimeFormatInfo names)
    {
        if (names.Calendar is GregorianCalendar)
        {
            return names;
        }

        var copy = (DateTimeFormatInfo)names.Clone();
        try
        {
            copy.Calendar = new GregorianCalendar();
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeFormatInfo.InvariantInfo;
        }

        return copy;
    }
}
