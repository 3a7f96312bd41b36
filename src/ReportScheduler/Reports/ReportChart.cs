namespace ReportScheduler;

/// <summary>A chart of a dataset.</summary>
public sealed class ReportChart
{
    /// <summary>The shape.</summary>
    public ChartKind Kind { get; set; }

    /// <summary>The column along the axis, or the name of each slice; null for the first column that is not a number.</summary>
    public string? X { get; set; }

    /// <summary>The columns that are drawn; empty for the first column of numbers.</summary>
    public string[] Y { get; set; } = [];

    /// <summary>The heading; null for the name of the dataset or of the task.</summary>
    public string? Title { get; set; }

    /// <summary>The column each of whose values is a series of its own; null for a series per column.</summary>
    public string? SeriesBy { get; set; }

    /// <summary>What the dates along the axis are put together to; null for a unit that suits them.</summary>
    public ChartPeriod? By { get; set; }

    /// <summary>Where a line stands that the values are held against; null for none.</summary>
    public double? Target { get; set; }

    /// <summary>The columns that are drawn as lines against an axis of their own, at the right.</summary>
    public string[] SecondAxis { get; set; } = [];

    /// <summary>Whether the values are written beside what is drawn.</summary>
    public bool ValueLabels { get; set; }

    internal ReportChart Copy()
    {
        var copy = (ReportChart)MemberwiseClone();
        (copy.Y, copy.SecondAxis) = ([.. Y], [.. SecondAxis]);
        return copy;
    }

    /// <summary>Kind and columns, as in messages.</summary>
    public override string ToString() => string.Join(' ', Y.Prepend(X ?? "").Prepend($"{Kind}").Where(word => word.Length > 0));
}
