namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException UnknownTimeZone(string id) =>
        new(nameof(UnknownTimeZone), ReportErrorCategory.InvalidArgument, id,
            $"'{id}' is not a time zone this computer knows. Give an IANA id such as Europe/Paris or a Windows id such as 'Romance Standard Time'.");
}
