namespace ReportScheduler;

/// <summary>When a cell stands out, or how.</summary>
internal enum HighlightKind
{
    Greater,
    Less,
    Between,
    Equal,
    Text,
    Top,
    DataBar,
    ColorScale,
    Icons,
}
