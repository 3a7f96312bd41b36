namespace ReportScheduler.Exports.Charts;

/// <summary>One series of a chart.</summary>
/// <param name="Name">As people read it.</param>
/// <param name="Values">The value of each point; one that is missing or no number is NaN.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>The place of its column among those that are drawn.</summary>
    public int Column { get; init; }

    /// <summary>Whether it is a line against the axis at the right.</summary>
    public bool IsSecond { get; init; }

    /// <summary>Shows a value as the column does; null where that has no format of its own.</summary>
    public Func<double, string?> TextOf { get; init; } = _ => null;

    /// <summary>The greatest of its values, whatever their sign; 0 for none.</summary>
    public double Size => Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
}
