using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using TimeZoneConverter;

namespace ReportScheduler.Time;

/// <summary>Time zones by IANA or Windows id, on every system.</summary>
internal static partial class Zones
{
    /// <summary>The ids that people mean: of places, and of Windows. Etc/GMT+1 is an
    /// hour behind, and would mislead who wrote GMT+1.</summary>
    private static IEnumerable<string> Places => TZConvert.KnownIanaTimeZoneNames
        .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal))
        .Concat(TZConvert.KnownWindowsTimeZoneIds)
        .Where(id => TZConvert.TryGetTimeZoneInfo(id, out _));

    /// <summary>Winter and summer of a year for which all rules are known.</summary>
    private static readonly DateTime[] AnyYear = [new(2026, 1, 15, 0, 0, 0, DateTimeKind.Utc), new(2026, 7, 15, 0, 0, 0, DateTimeKind.Utc)];

    /// <summary>The IANA id of the machine's zone.</summary>
    /// <exception cref="ReportException">The machine's zone has no name.</exception>
    public static string Local
    {
        get
        {
            var id = TimeZoneInfo.Local.Id;
            return TryFind(id, out _) ? Iana(id) : throw TimeErrors.LocalTimeZoneHasNoName(id);
        }
    }

    /// <summary>The IANA id of a zone by either id.</summary>
    public static string Iana(string id) =>
        !TryPlace(id, out _) && !TZConvert.KnownIanaTimeZoneNames.Contains(id) && TZConvert.TryWindowsToIana(id, out var iana) ? iana : id;

    /// <summary>Whether this computer has the rules of the zones of the world, which images of containers may lack.</summary>
    public static bool AreThere => OperatingSystem.IsWindows() || IsKnown("Europe/London");

    public static bool IsKnown(string id) => TryFind(id, out _);

    /// <exception cref="ReportException">The id is neither an IANA nor a Windows id.</exception>
    public static TimeZoneInfo Find(string id) =>
        TryFind(id, out var zone) ? zone : throw TimeErrors.UnknownTimeZone(id, OffsetHint(id), Places);

    /// <summary>The zone to show times in: UTC when this computer does not know the id.</summary>
    public static TimeZoneInfo FindOrUtc(string id) => TryFind(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The same instant as the clocks of a zone show it; in UTC when this computer does not know the zone.</summary>
    public static DateTimeOffset Show(DateTimeOffset instant, string id) => TimeZoneInfo.ConvertTime(instant, FindOrUtc(id));

    /// <summary>What the clocks of a zone show at an instant; at the ends of the calendar,
    /// which have no place in another zone, what its own clock does.</summary>
    public static DateTime Clock(DateTimeOffset instant, TimeZoneInfo zone) =>
        instant.Year is > 1 and < 9999 ? TimeZoneInfo.ConvertTime(instant, zone).DateTime : instant.DateTime;

    /// <summary>The instant that a person means by a date and time, with the zone's offset.
    /// A kind of its own wins, else it is a time of the zone.</summary>
    /// <remarks>A time that the zone's clocks skip is the first instant after the gap; of one that comes twice, the first.</remarks>
    /// <exception cref="ReportException">The time lies in the first or the last days of the calendar.</exception>
    public static DateTimeOffset ToInstant(DateTime time, TimeZoneInfo zone) =>
        time < DateTime.MinValue.AddDays(2) || time > DateTime.MaxValue.AddDays(-2) ? throw TimeErrors.TimeOutOfReach(time)
        : TimeZoneInfo.ConvertTime(
            time.Kind == DateTimeKind.Unspecified ? new WallClock(zone).FirstInstant(time) : new DateTimeOffset(time), zone);

    /// <summary>For an offset in the place of a zone, such as UTC+02:00: the zone
    /// that has it all year. Null for what is no offset.</summary>
    public static string? OffsetHint(string id)
    {
        var match = Offset().Match(id);
        if (!match.Success)
        {
            return null;
        }

        var minutes = (int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture) * 60)
            + (match.Groups["minutes"].Success ? int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture) : 0);
        var isAhead = match.Groups["sign"].Value == "+";
        var zone = minutes == 0 ? "UTC"
            : minutes % 60 == 0 && minutes <= (isAhead ? 14 : 12) * 60 ? $"Etc/GMT{(isAhead ? "-" : "+")}{minutes / 60}"
            : WithOffset(TimeSpan.FromMinutes(isAhead ? minutes : -minutes));
        return zone is null ? null
            : $" It is an offset; '{zone}' has it all "
                + $"year{(zone.StartsWith("Etc/", StringComparison.Ordinal) ? " (the sign of these names is the other way round)" : "")}"
                + ", a place has its summer time too.";
    }

    private static bool TryFind(string id, [NotNullWhen(true)] out TimeZoneInfo? zone) =>
        TryPlace(id, out zone) || TZConvert.TryGetTimeZoneInfo(id, out zone);

    /// <summary>A zone by the IANA id of a place, where the system has it by that.</summary>
    /// <remarks>The converter between these ids and those of Windows reads all zones of the system before its first answer, which costs
    /// each process as much as some thousand rows do.</remarks>
    private static bool TryPlace(string id, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return !OperatingSystem.IsWindows() && IsPlace(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone);
    }

    // Europe/Berlin, and not a file that lies beside the zones: posix/Europe/Berlin
    private static bool IsPlace(string id)
    {
        if (id.Length == 0 || !char.IsAsciiLetterUpper(id[0]) || !id.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var letter in id)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('/' or '_' or '-' or '+'))
            {
                return false;
            }
        }

        return true;
    }

    private static string? WithOffset(TimeSpan offset) =>
        Places.Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .FirstOrDefault(id => TZConvert.TryGetTimeZoneInfo(id, out var zone) && AnyYear.All(day => zone.GetUtcOffset(day) == offset));

    [GeneratedRegex(@"^\s*(?:UTC|GMT|Z)?\s*(?<sign>[+-])\s*(?<hours>\d{1,2})(?::?(?<minutes>[0-5]\d))?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Offset();
}
