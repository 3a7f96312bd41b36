namespace ReportScheduler.Exports.Preview;

/// <summary>A number that stands above the rows of a report.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its text.</param>
internal sealed record KeyFigure(string Label, string Value);
