namespace ReportScheduler.Exports.Layout;

/// <summary>How a sparkline is drawn.</summary>
internal enum SparklineKind
{
    Line,
    Bars,
}
