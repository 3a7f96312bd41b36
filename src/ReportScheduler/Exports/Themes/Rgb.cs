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

    /// <summary>How far two colours are apart to the eye, roughly (the "redmean" of their parts).</summary>
    public double Distance(Rgb other)
    {
        var (red, green, blue) = (Part(16) - other.Part(16), Part(8) - other.Part(8), Part(0) - other.Part(0));
        var mean = (Part(16) + other.Part(16)) / 2.0;
        return Math.Sqrt(((2 + (mean / 256)) * red * red) + (4 * green * green) + ((2 + ((255 - mean) / 256)) * blue * blue));
    }

    /// <summary>The nearest darker shade of the same hue that can be read on a paper.</summary>
    public Rgb DarkenedFor(Rgb paper, double contrast) => Nearest(new Rgb(0), paper, contrast);

    /// <summary>The nearest lighter shade that can be read on a paper.</summary>
    public Rgb LightenedFor(Rgb paper, double contrast) => Nearest(new Rgb(0xFFFFFF), paper, contrast);

    private Rgb Nearest(Rgb end, Rgb paper, double contrast)
    {
        for (var step = 0; step <= 255; step++)
        {
            var shade = end.Over(this, step / 255.0);
            if (shade.Contrast(paper) >= contrast)
            {
                return shade;
            }
        }

        return end;
    }

    private int Part(int shift) => (Value >> shift) & 0xFF;

    private double Linear(int shift)
    {
        var part = Part(shift) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }
}
