using System.Globalization;

namespace ReportScheduler.Exports.Themes;

/// <summary>A colour.</summary>
/// <param name="Value">As 0xRRGGBB.</param>
internal readonly record struct Rgb(int Value)
{
    /// <summary>As CSS has it, <c>#RRGGBB</c>.</summary>
    public string Hex => $"#{Digits}";

    /// <summary>As OOXML has it, <c>RRGGBB</c>.</summary>
    public string Digits => Value.ToString("X6", CultureInfo.InvariantCulture);

    private double Luminance => (0.2126 * Linear(16)) + (0.7152 * Linear(8)) + (0.0722 * Linear(0));

    /// <param name="hex"><c>#RRGGBB</c>.</param>
    public static Rgb Of(string hex) => new(int.Parse(hex.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>The contrast of two colours as WCAG 2 counts it, from 1 to 21.</summary>
    public double Contrast(Rgb other)
    {
        var (light, dark) = (Math.Max(Luminance, other.Luminance), Math.Min(Luminance, other.Luminance));
        return (light + 0.05) / (dark + 0.05);
    }

    /// <summary>The colour over another one.</summary>
    /// <param name="paper">The other.</param>
    /// <param name="share">How much of this colour there is, from 0 to 1.</param>
    public Rgb Over(Rgb paper, double share)
    {
        var (from, to) = (paper.Value, Value);
        int Part(int shift) => (int)Math.Round((((from >> shift) & 0xFF) * (1 - share)) + (((to >> shift) & 0xFF) * share)) << shift;
        return new Rgb(Part(16) | Part(8) | Part(0));
    }

    private double Linear(int shift)
    {
        var part = ((Value >> shift) & 0xFF) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }
}
