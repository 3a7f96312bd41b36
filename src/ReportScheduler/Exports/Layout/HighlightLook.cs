using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Layout;

/// <summary>How a cell stands out. Colours are 0xRRGGBB.</summary>
/// <param name="Fill">The colour behind it; null for none.</param>
/// <param name="Bar">The colour of its bar; null for none.</param>
/// <param name="BarLength">The length of its bar, of the width of the cell.</param>
/// <param name="Icon">The number of its <see cref="HighlightIcon"/>; null for none.</param>
internal readonly record struct HighlightLook(int? Fill, int? Bar, float BarLength, int? Icon)
{
    /// <summary>How often a bar and a scale may differ: enough for the eye, and few enough to name each.</summary>
    public const int Steps = 50;

    /// <summary>The colours of the icons, by their numbers.</summary>
    public static IReadOnlyList<int> IconColors { get; } = OfIcons(Theme.Standard.Light);

    /// <inheritdoc cref="IconColors"/>
    public static IReadOnlyList<int> DarkIconColors { get; } = OfIcons(Theme.Standard.Dark);

    /// <summary>Where its bar begins, of the width of the cell: at zero, or left of it for a number below zero.</summary>
    public float BarStart { get; init; }

    public bool IsPlain => this == default;

    /// <summary>A bar lets the paper through, so that the number on it can be read.</summary>
    public static int Pale(int color) => Mix(color, 0xFFFFFF, 0.4);

    /// <summary>The colours of a scale from its lowest value to its highest.</summary>
    public static int Scale(HighlightRule rule, int step)
    {
        var share = step * 2.0 / Steps;
        return share <= 1
            ? Mix(Rgb(rule.Colors[0]), Rgb(rule.Colors[1]), share)
            : Mix(Rgb(rule.Colors[1]), Rgb(rule.Colors[2]), share - 1);
    }

    public static int Rgb(string color) => Convert.ToInt32(color[1..], 16);

    private static int[] OfIcons(Shades shades) => [.. Enumerable.Range(0, HighlightIcon.Count).Select(icon =>
        HighlightIcon.Shade(icon) switch { 0 => shades.Bad.Value, 1 => shades.Warning.Value, _ => shades.Good.Value })];

    private static int Mix(int from, int to, double share)
    {
        int Part(int shift) => (int)Math.Round((((from >> shift) & 0xFF) * (1 - share)) + (((to >> shift) & 0xFF) * share)) << shift;
        return Part(16) | Part(8) | Part(0);
    }
}
