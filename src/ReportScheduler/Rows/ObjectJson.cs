namespace ReportScheduler.Rows;

/// <summary>A value that is a list or an object of its own, as JSON.</summary>
internal sealed record ObjectJson(string Text);
