using TimeZoneConverter;

namespace ReportScheduler.Schedules;

/// <summary>Time zones by IANA or Windows id, on every system.</summary>
internal static class Zones
{
    /// <exception cref="ReportException">The id is neither an IANA nor a Windows id.</exception>
    public static TimeZoneInfo Find(string id) =>
        TZConvert.TryGetTimeZoneInfo(id, out var zone) ? zone : throw ReportError.UnknownTimeZone(id);
}
