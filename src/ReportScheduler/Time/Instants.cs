namespace ReportScheduler.Time;

/// <summary>Instants reckoned from another one.</summary>
internal static class Instants
{
    /// <summary>The instant before <paramref name="now"/> by a duration; 1970 at the
    /// earliest, for those who write 999999d and mean for ever.</summary>
    public static DateTimeOffset Ago(this DateTimeOffset now, TimeSpan duration) =>
        duration < now - DateTimeOffset.UnixEpoch ? now - duration : DateTimeOffset.UnixEpoch;
}
