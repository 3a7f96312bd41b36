namespace ReportScheduler.Exports.Layout;

/// <summary>What is known of a cell before the last row has been seen.</summary>
/// <param name="Number">Its value; NaN when it is no number.</param>
/// <param name="Rule">The first rule that it meets by itself, whatever the other cells are; -1 for none.</param>
internal readonly record struct HighlightMark(double Number, int Rule);
