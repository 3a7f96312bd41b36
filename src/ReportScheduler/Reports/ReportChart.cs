namespace ReportScheduler;

/// <summary>A chart of a dataset.</summary>
public sealed class ReportChart
{
    /// <summary>The shape.</summary>
    public ChartKind Kind { get; set; }

    /// <summary>The column along the axis, or the name of each slice; null for the first column that is no number.</summary>
    public string? X { get; set; }

    /// <summary>The columns that are drawn; empty for the first column of numbers.</summary>
    public string[] Y { get; set; } = [];

    /// <summary>The heading; null for the name of the dataset or of the task.</summary>
    public string? Title { get; set; }

    internal ReportChart Copy()
    {
        var copy = (ReportChart)MemberwiseClone();
        copy.Y = [.. Y];
        return copy;
    }

    /// <summary>Kind and columns, as in messages.</summary>
    public override string ToString() => string.Join(' ', Y.Prepend(X ?? "").Prepend($"{Kind}").Where(word => word.Length > 0));
}
