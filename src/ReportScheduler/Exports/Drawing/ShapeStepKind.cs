namespace ReportScheduler.Exports.Drawing;

/// <summary>How an outline goes on.</summary>
internal enum ShapeStepKind
{
    Move,
    Line,
    Curve,
    Close,
}
