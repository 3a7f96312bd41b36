using System.Globalization;

namespace ReportScheduler.Time;

/// <summary>An instant as people read it: <c>2026-11-24 09:00 +01:00</c>, with seconds where there are any.</summary>
internal static class InstantText
{
    /// <summary>In the offset that it has.</summary>
    public static string Of(DateTimeOffset instant) =>
        instant.ToString(instant.Second == 0 ? "yyyy-MM-dd HH:mm zzz" : "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>As the clocks of a zone show it.</summary>
    public static string Of(DateTimeOffset instant, string zone) => Of(Zones.Show(instant, zone));
}
