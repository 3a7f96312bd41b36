namespace ReportScheduler.Rows;

/// <summary>A parameter of a query with the value that one run gives it.</summary>
/// <param name="Name">Without @.</param>
/// <param name="Value">A date in words is a <see cref="DateOnly"/>, or a <see cref="DateTimeOffset"/> in the task's zone.</param>
/// <param name="IsWallClock">The time was worked out for the task's zone, and
/// databases whose columns know no zone get its wall clock.</param>
internal sealed record ReportParameter(string Name, object? Value, bool IsWallClock = false);
