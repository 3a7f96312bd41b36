namespace ReportScheduler.Queries;

/// <summary>A SQL parameter with the value that one run gives it.</summary>
internal sealed record ReportParameter(string Name, object? Value);
