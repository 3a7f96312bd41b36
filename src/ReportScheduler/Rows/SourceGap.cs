namespace ReportScheduler.Rows;

/// <summary>One of several servers that gave no rows.</summary>
/// <param name="Name">Its connection or server, as its rows would have said.</param>
/// <param name="Error">Why.</param>
internal sealed record SourceGap(string Name, string Error);
