namespace ReportScheduler;

/// <summary>The shape of a chart.</summary>
public enum ChartKind
{
    /// <summary>Upright bars; they lie where names are long or many.</summary>
    Bar,

    /// <summary>A line through the rows.</summary>
    Line,

    /// <summary>One slice per row; of more than five, lying bars.</summary>
    Pie,

    /// <summary>Bars that lie, each name beside its bar.</summary>
    HorizontalBar,

    /// <summary>Bars of the parts of a sum, one upon the other.</summary>
    StackedBar,

    /// <summary>The area below a line; several series stand one upon the other.</summary>
    Area,
}
