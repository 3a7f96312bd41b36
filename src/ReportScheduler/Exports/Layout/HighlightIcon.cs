namespace ReportScheduler.Exports.Layout;

/// <summary>The icons of highlight rules, each a number: three of each set, and the same again for sets that are turned around.</summary>
internal static class HighlightIcon
{
    private const int Sets = 3;
    private const int OfSet = 3;

    // as Excel has them: arrows down, to the side and up, traffic lights, a diamond, a triangle and a circle
    private static readonly string[] Signs = ["\u2193", "\u2192", "\u2191", "\u25CF", "\u25CF", "\u25CF", "\u25C6", "\u25B2", "\u25CF"];

    /// <summary>How many there are.</summary>
    public const int Count = 2 * Sets * OfSet;

    /// <summary>The icon of a number.</summary>
    /// <param name="rule">Names the set.</param>
    /// <param name="level">How great the number is: 0 for low, 1 for middle, 2 for high.</param>
    public static int Of(HighlightRule rule, int level)
    {
        var set = Math.Max(0, HighlightRule.IconSets.ToList().IndexOf(rule.IconSet)) * OfSet;
        return rule.IsReversed ? (Sets * OfSet) + set + OfSet - 1 - level : set + level;
    }

    /// <summary>The character that shows it in text.</summary>
    public static string Sign(int icon) => Signs[icon % Signs.Length];

    /// <summary>How good it says that a number is: 0 for bad, 2 for good.</summary>
    public static int Shade(int icon) => icon % OfSet;

    /// <summary>How great its number is: 0 for low, 2 for high.</summary>
    public static int Level(int icon) => icon >= Sets * OfSet ? OfSet - 1 - Shade(icon) : Shade(icon);

    /// <summary>The place of its set in <see cref="HighlightRule.IconSets"/>.</summary>
    public static int Set(int icon) => icon / OfSet % Sets;
}
