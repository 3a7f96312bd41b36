using System.Globalization;
using System.Text;

namespace ReportScheduler.Files;

/// <summary>Text as a file name that Windows and Unix take alike.</summary>
internal static class SafeName
{
    /// <summary>In bytes of UTF-8. Leaves room within the 255 of file systems for the
    /// name of a dataset, a number and an extension.</summary>
    public const int Longest = 150;

    /// <summary>With the name of a dataset, in bytes of UTF-8. Leaves room for a
    /// number, an extension and what a temporary name adds.</summary>
    public const int LongestOfDataset = 220;

    private static readonly HashSet<string> Reserved = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The text as a file name without extension: what no file system takes, or does not show, becomes <c>_</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">Where the name is cut, in bytes of UTF-8.</param>
    public static string Of(string text, int longest = Longest)
    {
        var name = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var kept = Rune.IsControl(rune) || "<>:\"/\\|?*\uFFFD".Contains(rune.ToString(), StringComparison.Ordinal)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format ? new Rune('_') : rune;
            bytes += kept.Utf8SequenceLength;
            if (bytes > longest)
            {
                break;
            }

            name.Append(kept.ToString());
        }

        // Windows drops dots and spaces at the end and reserves device names whatever follows the first dot.
        var safe = name.ToString().TrimEnd('.', ' ').TrimStart(' ');
        var device = safe.Split('.')[0].TrimEnd();
        return safe.Length == 0 ? "report" : safe[0] == '.' || Reserved.Contains(device) ? "_" + safe : safe;
    }
}
