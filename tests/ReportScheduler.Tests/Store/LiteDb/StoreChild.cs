using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Attacks;

namespace ReportScheduler.Tests.Store.LiteDb;

/// <summary>The test program as a second process on a store: what it does stands in
/// the environment, what it did on its standard output.</summary>
internal static class StoreChild
{
    private const string Variable = "REPORTSCHEDULER_TEST_STORE_CHILD";

    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(1);

    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static Process Start(string work, string storePath, string name)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true,
            RedirectStandardError = work.StartsWith("hang", StringComparison.Ordinal) };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(StoreChild).Assembly.Location);
        }

        start.Environment[Variable] = $"{work}\n{storePath}\n{name}";
        return Process.Start(start)!;
    }

    // runs before the test program's own Main
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunInstead()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('\n') is not [var work, var path, var name])
        {
            return;
        }

        var store = StoreFile.Open(path, StoreScope.User);
        switch (work)
        {
            case "write":
                WriteUntilKilled(store, name);
                break;
            case "claim":
                Claim(store, name);
                break;
            case "damage":
                StoreDamage.Try(path, name);
                break;
            case "take turns":
                StoreTurns.Take(path, name);
                break;
            case "hang" or "hang deaf":
                StoreTurns.Hang(path, int.Parse(name, CultureInfo.InvariantCulture), work == "hang deaf");
                break;
            case "get on":
                StoreTurns.GetOn(path, int.Parse(name, CultureInfo.InvariantCulture));
                break;
            case "wait":
                StoreTurns.Wait(path, int.Parse(name, CultureInfo.InvariantCulture));
                break;
            case "protect":
                Console.WriteLine(store.Secrets.Protect(name));
                break;
        }

        Environment.Exit(0);
    }

    /// <summary>Each step is two changes in one transaction: the run is finished, and its task's count goes up by one.</summary>
    private static void WriteUntilKilled(IReportStore store, string name)
    {
        // nobody kills it when the test program itself was killed
        var alive = Stopwatch.StartNew();
        for (var i = 0; alive.Elapsed < LongestLife; i++)
        {
            var run = new ReportRun { Id = $"{name}-{i}", TaskId = "1", Trigger = RunTrigger.Manual, DueAt = Noon, StartedAt = Noon,
                Owner = name };
            store.AddRun(run);
            run.Outcome = RunOutcome.Succeeded;
            store.FinishRun(run);
            Console.WriteLine(run.Id);
            Console.Out.Flush();
        }
    }

    private static void Claim(IReportStore store, string name)
    {
        while (store.GetEarliestDue() is not null)
        {
            store.PlanDue(7, found => [.. found.Select(due =>
            {
                var next = due.DueAt.AddMinutes(1);
                return new TaskPlan(due, new DuePlan([due.DueAt], [], next < Noon.AddMinutes(25) ? next : null));
            })]);
            Take();
        }

        while (Take() > 0)
        {
        }

        int Take()
        {
            var taken = store.TakeRuns(new TakeOrder(name, 7, [])).Runs;
            foreach (var run in taken)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.TaskId} {run.DueAt.UtcTicks}"));
            }

            return taken.Count;
        }
    }
}
