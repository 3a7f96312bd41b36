using System.Globalization;

namespace ReportScheduler.Words;

/// <summary>The size of a file in words: 12 KB.</summary>
internal static class SizeText
{
    private const double Kilo = 1024;

    public static string Of(long bytes, CultureInfo culture)
    {
        var words = ReportWords.Of(culture);
        return bytes < Kilo ? words.Count("bytes", bytes)
            : bytes < Kilo * Kilo ? words.With("kilobytes", Math.Round(bytes / Kilo).ToString("N0", culture))
            : words.With("megabytes", (bytes / Kilo / Kilo).ToString("N1", culture));
    }
}
