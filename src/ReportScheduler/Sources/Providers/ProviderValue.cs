using System.Globalization;
using ReportScheduler.Rows;

namespace ReportScheduler.Sources.Providers;

/// <summary>A parameter's value in the type that a provider binds without guessing.</summary>
internal static class ProviderValue
{
    public static object? Of(ReportProvider provider, ReportParameter parameter) => (provider, parameter.Value) switch
    {
        // Npgsql binds timestamptz from UTC only; the instant is the same, and a timestamp column sees it in the session's zone.
        (ReportProvider.PostgreSql, DateTimeOffset time) => time.UtcDateTime,
        (ReportProvider.PostgreSql, DateTime { Kind: DateTimeKind.Local } time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
        // datetime2 columns compare with a datetimeoffset as if they were UTC, so a time in words is its wall clock.
        (ReportProvider.SqlServer, DateTimeOffset time) when parameter.IsWallClock => time.DateTime,
        // MySQL has no type with an offset.
        (ReportProvider.MySql, DateTimeOffset time) => time.DateTime,
        // SQLite compares the text that its own date functions make.
        (ReportProvider.Sqlite, DateTimeOffset time) when parameter.IsWallClock => Seconds(time.DateTime),
        (ReportProvider.Sqlite, DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        (ReportProvider.Sqlite, DateTime time) => Seconds(time),
        (ReportProvider.Sqlite, DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (ReportProvider.Sqlite, TimeOnly time) => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        (ReportProvider.Sqlite, TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture),
        // Microsoft.Data.Sqlite would write a decimal as text, which is greater than every number.
        (ReportProvider.Sqlite, decimal number) => decimal.IsInteger(number) && number >= long.MinValue && number <= long.MaxValue ? (long)number : (double)number,
        (ReportProvider.Sqlite, System.Guid guid) => guid.ToString(),
        (ReportProvider.MySql, System.Guid guid) => guid.ToString(),
        (ReportProvider.PostgreSql, ushort or uint) => Convert.ToInt64(parameter.Value, CultureInfo.InvariantCulture),
        (ReportProvider.PostgreSql, sbyte or byte) => Convert.ToInt16(parameter.Value, CultureInfo.InvariantCulture),
        (ReportProvider.SqlServer, sbyte or ushort or uint) => Convert.ToInt64(parameter.Value, CultureInfo.InvariantCulture),
        (not ReportProvider.MySql, ulong number) => number <= long.MaxValue ? (long)number : (decimal)number,
        (_, char letter) => letter.ToString(),
        _ => parameter.Value,
    };

    private static string Seconds(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
