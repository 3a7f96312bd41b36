namespace ReportScheduler.Store;

/// <summary>What becomes of a task that was found due.</summary>
internal sealed record TaskPlan(DueTask Due, DuePlan Plan)
{
    /// <summary>The runs that come of it, unless their due times have one.</summary>
    public IEnumerable<ReportRun> Runs => Plan.Records.Concat(Plan.DueAt.Select(Due.RunOf));

    /// <summary>The state of the task afterwards.</summary>
    public ReportTaskState Moved()
    {
        Due.State.NextRunAt = Plan.NextRunAt;
        return Due.State;
    }
}
