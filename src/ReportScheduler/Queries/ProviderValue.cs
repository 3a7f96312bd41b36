using System.Globalization;

namespace ReportScheduler.Queries;

/// <summary>A parameter's value in the type that a provider binds without guessing.</summary>
internal static class ProviderValue
{
    public static object? Of(ReportProvider provider, object? value) => (provider, value) switch
    {
        // timestamptz takes UTC only; the instant is the same
        (ReportProvider.PostgreSql, DateTimeOffset time) => time.UtcDateTime,
        (ReportProvider.PostgreSql, DateTime { Kind: DateTimeKind.Local } time) => time.ToUniversalTime(),
        // MySQL has no type with an offset: the wall clock of the zone is what its columns hold
        (ReportProvider.MySql, DateTimeOffset time) => time.DateTime,
        // SQLite compares dates as the ISO text that its date functions make
        (ReportProvider.Sqlite, DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        (ReportProvider.Sqlite, DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        (ReportProvider.Sqlite, DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (ReportProvider.SqlServer or ReportProvider.MySql or ReportProvider.PostgreSql, DateOnly date) => date.ToDateTime(TimeOnly.MinValue),
        (ReportProvider.SqlServer or ReportProvider.MySql, TimeOnly time) => time.ToTimeSpan(),
        _ => value,
    };
}
