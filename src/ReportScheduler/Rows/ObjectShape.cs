namespace ReportScheduler.Rows;

/// <summary>What the properties of objects are called, in their order; objects of one class share it.</summary>
internal sealed record ObjectShape(IReadOnlyList<string> Names);
