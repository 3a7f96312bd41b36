using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>What a due time costs the store is gone through once before the first one comes: its code is compiled then, and a database
/// knows the statements.</summary>
internal static class Rehearsal
{
    /// <summary>A statement is prepared on the server when it is asked for the second time, and used so from the third on; code that was
    /// compiled ahead is compiled better when it was called often.</summary>
    private const int Times = 10;

    // before anything else that is due, so that nothing else is touched
    private static readonly DateTimeOffset DueAt = DateTimeOffset.UnixEpoch;

    public static void Hold(IReportStore store)
    {
        try
        {
            for (var time = 0; time < Times; time++)
            {
                var id = Guid.NewGuid().ToString("N");
                store.Rehearse(
                    new ReportTask { Id = id, Name = id, Query = "select 1", At = DueAt, State = { TaskId = id, NextRunAt = DueAt } },
                    Play);
            }

            // the first collection finds all that the start has made, and takes as long as ten due times
            GC.Collect();
        }
#pragma warning disable CA1031 // What keeps a store from being used is told by the first real use of it.
        catch (Exception)
        {
        }
#pragma warning restore CA1031
    }

    private static void Play(IReportStore store)
    {
        var owner = RunOwner.Create();
        var planned = store.PlanDue(1, due => [new TaskPlan(due[0], new DuePlan([due[0].DueAt], [], null))], new TakeOrder(owner, 1, []));
        foreach (var run in planned.Taken!.Runs)
        {
            RunExecutor.Begin(run, store.Clock.GetUtcNow());
            store.BeginRun(run);
            store.Runners.RunStopRequest(run.Id);
            (run.Outcome, run.FinishedAt) = (RunOutcome.Succeeded, store.Clock.GetUtcNow());
            store.FinishRun(run);
        }
    }
}
