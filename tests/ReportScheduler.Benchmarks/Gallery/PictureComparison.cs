using System.Globalization;
using SkiaSharp;

namespace ReportScheduler.Benchmarks.Gallery;

/// <summary>Names the pictures that are other than those of another release.</summary>
internal static class PictureComparison
{
    // Differences that no eye sees: edges of letters.
    private const int Unseen = 24;

    /// <returns>0 when none differs, otherwise 2.</returns>
    public static int Write(string before, string now)
    {
        var names = Pictures(before).Union(Pictures(now)).Order(StringComparer.Ordinal).ToList();
        var changed = 0;
        foreach (var name in names)
        {
            var (old, recent) = (Path.Combine(before, name), Path.Combine(now, name));
            var words = !File.Exists(old) ? "new" : !File.Exists(recent) ? "gone" : Difference(old, recent);
            changed += words is null ? 0 : 1;
            if (words is not null)
            {
                Console.WriteLine($"{name}: {words}");
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{changed} of {names.Count} pictures changed."));
        return changed == 0 ? 0 : 2;
    }

    private static IEnumerable<string> Pictures(string folder) => Directory.GetFiles(folder, "*.png", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path));

    private static string? Difference(string before, string now)
    {
        using var old = SKBitmap.Decode(before);
        using var recent = SKBitmap.Decode(now);
        if (old.Width != recent.Width || old.Height != recent.Height)
        {
            return $"{old.Width} x {old.Height} is {recent.Width} x {recent.Height}";
        }

        var differing = old.Pixels.Zip(recent.Pixels).Count(pair => Distance(pair.First, pair.Second) > Unseen);
        return differing == 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 * differing / (old.Width * old.Height):0.00} % of its pixels");
    }

    private static int Distance(SKColor left, SKColor right) =>
        Math.Abs(left.Red - right.Red) + Math.Abs(left.Green - right.Green) + Math.Abs(left.Blue - right.Blue);
}
