namespace ReportScheduler.Store;

/// <summary>What becomes of a task that was found due.</summary>
internal sealed record TaskPlan(DueTask Due, DuePlan Plan);
