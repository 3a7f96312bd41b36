using System.Globalization;
using System.Security.Cryptography;

namespace ReportScheduler;

/// <summary>Makes keys of runs and deliveries: text that sorts by the time it was made and is safe in file names.</summary>
internal static class RunIds
{
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const string TimeFormat = "yyyyMMdd-HHmmss-fffffff";
    private static long newest;

    /// <returns>UTC time to the tick and six random letters, such as <c>20260302-080000-0000000-x7k2qd</c>. Two made
    /// in one process at the same time, or after the clock went back a little, still sort in the order they were made.</returns>
    public static string Create(DateTimeOffset now)
    {
        long last, ticks;
        do
        {
            last = Interlocked.Read(ref newest);
            var ahead = last - now.UtcTicks;
            ticks = ahead is >= 0 and < TimeSpan.TicksPerSecond ? last + 1 : now.UtcTicks;
        }
        while (Interlocked.CompareExchange(ref newest, ticks, last) != last);
        var time = new DateTime(ticks, DateTimeKind.Utc).ToString(TimeFormat, CultureInfo.InvariantCulture);
        return $"{time}-{RandomNumberGenerator.GetString(Letters, 6)}";
    }

    /// <summary>When a key was made; null for text that is none of these keys.</summary>
    public static DateTimeOffset? MadeAt(string id) => id.Length == TimeFormat.Length + 7 && id[TimeFormat.Length] == '-'
        && DateTimeOffset.TryParseExact(id[..TimeFormat.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var at)
        ? at
        : null;
}
