namespace ReportScheduler.Exports.Drawing;

/// <param name="Kind">What it does.</param>
/// <param name="X">Where it ends.</param>
/// <param name="Y">Where it ends.</param>
/// <param name="X1">The handle of its start.</param>
/// <param name="Y1">The handle of its start.</param>
/// <param name="X2">The handle of its end.</param>
/// <param name="Y2">The handle of its end.</param>
internal readonly record struct ShapeStep(ShapeStepKind Kind, float X, float Y, float X1, float Y1, float X2, float Y2);
