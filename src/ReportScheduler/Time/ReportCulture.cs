using System.Collections.Concurrent;
using System.Globalization;

namespace ReportScheduler.Time;

/// <summary>The culture of a report: its dates are those of the Gregorian calendar everywhere, as Excel's are.</summary>
internal static class ReportCulture
{
    private static readonly ConcurrentDictionary<string, CultureInfo> Known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether this computer knows other languages than none.</summary>
    public static bool AreThere { get; } = IsKnown("de-DE");

    /// <param name="name">Its name; null or empty for the invariant one.</param>
    public static CultureInfo Of(string? name) => string.IsNullOrEmpty(name) ? CultureInfo.InvariantCulture
        : Known.GetOrAdd(name, Make);

    private static bool IsKnown(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name).Name == name;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private static CultureInfo Make(string name)
    {
        var culture = CultureInfo.GetCultureInfo(name);
        var calendar = culture.Calendar is GregorianCalendar ? null
            : culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault();
        if (calendar is null && !culture.TextInfo.IsRightToLeft)
        {
            return culture;
        }

        var copy = (CultureInfo)culture.Clone();
        if (calendar is not null)
        {
            copy.DateTimeFormat.Calendar = calendar;
            WithoutEra(copy.DateTimeFormat);
        }

        if (culture.TextInfo.IsRightToLeft)
        {
            WithPlainSigns(copy.NumberFormat);
        }

        return CultureInfo.ReadOnly(copy);
    }

    // that a year is of this era nobody asks
    private static void WithoutEra(DateTimeFormatInfo format)
    {
        format.ShortDatePattern = Without(format.ShortDatePattern);
        format.LongDatePattern = Without(format.LongDatePattern);
        format.YearMonthPattern = Without(format.YearMonthPattern);

        static string Without(string pattern) => pattern.Contains('\'', StringComparison.Ordinal) ? pattern
            : pattern.Replace("g", "", StringComparison.Ordinal).Trim();
    }

    // Digits are 0 to 9 everywhere, and the signs are those that go with them: one with a direction of its own would stand
    // behind the number.
    private static void WithPlainSigns(NumberFormatInfo format)
    {
        const string ArabicDecimal = "\u066B";
        (format.NegativeSign, format.PositiveSign, format.PercentSymbol) = ("-", "+", "%");
        if (format.NumberDecimalSeparator == ArabicDecimal)
        {
            (format.NumberDecimalSeparator, format.CurrencyDecimalSeparator, format.PercentDecimalSeparator) = (".", ".", ".");
            (format.NumberGroupSeparator, format.CurrencyGroupSeparator, format.PercentGroupSeparator) = (",", ",", ",");
        }
    }
}
