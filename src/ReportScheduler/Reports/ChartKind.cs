namespace ReportScheduler;

/// <summary>The shape of a chart.</summary>
public enum ChartKind
{
    /// <summary>One upright bar per row.</summary>
    Bar,

    /// <summary>A line through the rows.</summary>
    Line,

    /// <summary>One slice per row.</summary>
    Pie,
}
