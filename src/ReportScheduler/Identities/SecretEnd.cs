using System.Globalization;

namespace ReportScheduler.Identities;

/// <summary>Says in time that a secret ends.</summary>
internal static class SecretEnd
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    /// <returns>Null when it does not end within 30 days, or nobody knows when.</returns>
    public static string? Warning(string identity, DateTimeOffset? end, DateTimeOffset now)
    {
        if (end is not { } known || known - now > Notice)
        {
            return null;
        }

        var date = known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var days = (int)Math.Ceiling((known - now).TotalDays);
        return days <= 0
            ? $"The secret or certificate of the report identity '{identity}' ended on {date}. Give a new one with Set-ReportIdentity."
            : $"The secret or certificate of the report identity '{identity}' ends on {date}, in {days} {(days == 1 ? "day" : "days")}. "
                + "Give a new one with Set-ReportIdentity before.";
    }
}
