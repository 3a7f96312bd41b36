using ReportScheduler.Text;

namespace ReportScheduler.Time;

internal static class TimeErrors
{
    public static ReportException UnknownTimeZone(string id, string? hint, IEnumerable<string> known) =>
        new(nameof(UnknownTimeZone), ReportErrorCategory.InvalidArgument, id,
            $"'{id}' is not a time zone this computer knows.{hint ?? NearMiss.Hint(id, known)} Give an IANA id such as Europe/Paris or a "
                + "Windows id such as 'Romance Standard Time'.");

    public static ReportException LocalTimeZoneHasNoName(string id) =>
        new(nameof(LocalTimeZoneHasNoName), ReportErrorCategory.InvalidOperation, id,
            $"This computer's time zone '{id}' has no IANA id. Give one with -TimeZone, such as Europe/Paris, or set the computer's time "
                + "zone by name.");

    public static ReportException TimeOutOfReach(DateTime time) =>
        new(nameof(TimeOutOfReach), ReportErrorCategory.InvalidArgument, time,
            $"'{time:yyyy-MM-dd HH:mm}' is too near to an end of the calendar. "
                + "Give a time from the year 1 to 9999 that has days before and after it.");

    public static ReportException NotADuration(string text) =>
        new(nameof(NotADuration), ReportErrorCategory.ParserError, text,
            $"'{text}' is not a duration. Give numbers with units, such as 90s, 15m, 2h30m, 1d or 1w, or a TimeSpan.");
}
