using System.Globalization;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>When the data of a report was read, in the same words in files and mail.</summary>
internal static class DataTime
{
    /// <param name="dataAt">When it was read, in the zone.</param>
    /// <param name="culture">Writes the time; the invariant one year first.</param>
    /// <param name="timeZone">The zone's id.</param>
    public static string Note(DateTimeOffset dataAt, CultureInfo culture, string timeZone) =>
        ReportWords.Of(culture) is var words && words.IsForeign
            // a sentence from left to right with a date from right to left has its parts in no order
            ? words.With("dataAsOf", Text(dataAt, CultureInfo.InvariantCulture), Name(timeZone))
            : words.With("dataAsOf", Text(dataAt, culture), Name(timeZone));

    // what a Debian without a zone of its own is in
    private static string Name(string timeZone) => timeZone == "Etc/UTC" ? "UTC" : timeZone;

    /// <summary>A time to the minute as the culture writes it.</summary>
    public static string Text(DateTimeOffset at, CultureInfo culture) =>
        at.ToString(culture.Equals(CultureInfo.InvariantCulture) ? "yyyy-MM-dd HH:mm" : "g", culture);
}
