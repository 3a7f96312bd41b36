namespace ReportScheduler.Exports.Layout;

/// <summary>A number that stands above the rows of a report.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its text.</param>
/// <param name="Tone">Whether it is good news.</param>
internal sealed record KeyFigure(string Label, string Value, FigureTone Tone = FigureTone.None)
{
    /// <summary>At most so many stand above a report.</summary>
    public const int Most = 4;

    /// <summary>What templates call it; null for one that they have no name for.</summary>
    public string? Slug { get; init; }

    /// <summary>The value as a number; null where it is none.</summary>
    public decimal? Number { get; init; }
}
