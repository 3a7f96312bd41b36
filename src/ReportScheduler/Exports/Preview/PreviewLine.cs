namespace ReportScheduler.Exports.Preview;

/// <summary>The head of a group, or a line of its totals, among the first rows of a dataset.</summary>
/// <param name="Row">The row in front of which it stands, from 0; the number of rows for one behind the last.</param>
/// <param name="Level">Which group: 0 for the outermost.</param>
/// <param name="IsTotal">Whether it is a line of totals.</param>
/// <param name="Texts">Of each column; null for nothing.</param>
internal sealed record PreviewLine(int Row, int Level, bool IsTotal, IReadOnlyList<string?> Texts);
