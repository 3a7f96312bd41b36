using System.Globalization;
using NpgsqlTypes;

namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>A PostgreSQL interval: a fixed time, or where its months make it none, ISO 8601 text with the signs of its parts.</summary>
/// <remarks>Months, days and time are three numbers that are never converted into each other: '1 mon
/// -30:00:00' is P1MT-30H. PostgreSQL documentation, 8.5.4 "Interval Input".</remarks>
internal static class PostgresInterval
{
    private const long MicrosPerSecond = 1_000_000;

    public static object Of(NpgsqlInterval interval) => interval switch
    {
        { Months: int.MaxValue, Days: int.MaxValue, Time: long.MaxValue } => "infinity",
        { Months: int.MinValue, Days: int.MinValue, Time: long.MinValue } => "-infinity",
        { Months: 0 } when Fixed(interval) is { } time => time,
        _ => Text(interval),
    };

    /// <summary>Null when .NET has no time as long as that.</summary>
    private static TimeSpan? Fixed(NpgsqlInterval interval)
    {
        var ticks = ((Int128)interval.Days * TimeSpan.TicksPerDay) + ((Int128)interval.Time * TimeSpan.TicksPerMicrosecond);
        return ticks >= long.MinValue && ticks <= long.MaxValue ? new TimeSpan((long)ticks) : null;
    }

    private static string Text(NpgsqlInterval interval)
    {
        var date = Part(interval.Months, 'M') + Part(interval.Days, 'D');
        var time = Time(interval.Time);
        return $"P{date}{(time.Length > 0 ? "T" : "")}{time}";
    }

    private static string Time(long micros)
    {
        var (seconds, fraction) = Math.DivRem(micros, MicrosPerSecond);
        var (minutes, second) = Math.DivRem(seconds, 60);
        var (hours, minute) = Math.DivRem(minutes, 60);
        var exact = second + (fraction / (decimal)MicrosPerSecond);
        return Part(hours, 'H') + Part(minute, 'M') + (exact == 0 ? "" : exact.ToString("0.######", CultureInfo.InvariantCulture) + "S");
    }

    private static string Part(long number, char unit) => number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
}
