namespace ReportScheduler.Exports.Themes;

/// <summary>The colours of a report on one kind of paper, light or dark.</summary>
internal sealed record Shades
{
    /// <summary>How much of a colour a fill has at most.</summary>
    public const double Tint = 0.18;

    /// <summary>Behind the paper, where a page is wider.</summary>
    public required Rgb Desk { get; init; }

    /// <summary>Behind text and tables.</summary>
    public required Rgb Paper { get; init; }

    /// <summary>Text.</summary>
    public required Rgb Ink { get; init; }

    /// <summary>Notes and labels.</summary>
    public required Rgb Muted { get; init; }

    /// <summary>Hairlines, gridlines.</summary>
    public required Rgb Line { get; init; }

    /// <summary>Behind every other row of a wide table.</summary>
    public required Rgb Stripe { get; init; }

    /// <summary>The colour of the brand: links, the first series.</summary>
    public required Rgb Accent { get; init; }

    public required Rgb Good { get; init; }

    public required Rgb Bad { get; init; }

    public required Rgb Warning { get; init; }

    /// <summary>Series and slices, in this order in every output.</summary>
    public required IReadOnlyList<Rgb> Series { get; init; }

    /// <summary>Behind the header of a group.</summary>
    public Rgb Group => Accent.Over(Paper, 0.08);

    /// <summary>The colour of a series; after the last the first comes again, paler.</summary>
    /// <param name="index">Its place, from 0.</param>
    public Rgb SeriesOf(int index)
    {
        var color = Series[index % Series.Count];
        return index < Series.Count ? color : color.Over(Paper, Math.Max(0.3, 1 - (0.3 * (index / Series.Count))));
    }

    /// <summary>A colour as a fill behind text.</summary>
    public Rgb Fill(Rgb color) => color.Over(Paper, Tint);
}
