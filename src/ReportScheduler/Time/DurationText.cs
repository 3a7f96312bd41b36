using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ReportScheduler.Time;

/// <summary>Durations as people write them: 90s, 15m, 2h30m, 1d, 1w.</summary>
internal static partial class DurationText
{
    private static readonly (char Unit, TimeSpan Length)[] Units =
    [
        ('w', TimeSpan.FromDays(7)), ('d', TimeSpan.FromDays(1)), ('h', TimeSpan.FromHours(1)),
        ('m', TimeSpan.FromMinutes(1)), ('s', TimeSpan.FromSeconds(1)),
    ];

    /// <param name="text">Whole numbers with the units w, d, h, m and s, each at most once and the largest
    /// first; or days, hours, minutes and seconds as TimeSpan shows them (1.02:30:00).</param>
    /// <exception cref="ReportException">The text is a bare number or anything else.</exception>
    public static TimeSpan Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Contains(':', StringComparison.Ordinal) && !trimmed.StartsWith('-')
            && TimeSpan.TryParseExact(trimmed, "c", CultureInfo.InvariantCulture, out var exact))
        {
            return exact;
        }

        var match = Grammar().Match(trimmed);
        if (trimmed.Length == 0 || !match.Success)
        {
            throw TimeErrors.NotADuration(text);
        }

        try
        {
            return TimeSpan.FromTicks(Units.Sum(unit => match.Groups[unit.Unit.ToString()] is { Success: true } number
                ? checked(long.Parse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) * unit.Length.Ticks)
                : 0));
        }
        catch (OverflowException)
        {
            throw TimeErrors.NotADuration(text);
        }
    }

    /// <summary>The shortest text that <see cref="Parse"/> reads back as the same duration.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero || duration.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            return duration.ToString("c", CultureInfo.InvariantCulture);
        }

        var text = new StringBuilder();
        foreach (var (unit, length) in Units)
        {
            // 8d reads better than 1w1d
            var count = unit == 'w' && duration.Ticks % length.Ticks != 0 ? 0 : duration.Ticks / length.Ticks;
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
                duration -= count * length;
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    [GeneratedRegex(@"^((?<w>[0-9]{1,9})w\s*)?((?<d>[0-9]{1,9})d\s*)?((?<h>[0-9]{1,9})h\s*)?((?<m>[0-9]{1,9})m\s*)?((?<s>[0-9]{1,12})s)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
