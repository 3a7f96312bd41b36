using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Benchmarks.Scheduler;

/// <summary>One figure about a runner, taken in this process and written to standard output.</summary>
internal static class SchedulerMeasure
{
    public static int Run(string what, string path)
    {
        var store = StoreFile.Open(path, StoreScope.User);
        Console.WriteLine(what switch
        {
            "start" => Start(store),
            "idle" => Idle(store),
            "late" => Late(store),
            "burst" => Burst(store),
            "retention" => Keep(store),
            _ => throw new ArgumentException(what),
        });
        return 0;
    }

    private static string Start(IReportStore store)
    {
        using var self = Process.GetCurrentProcess();
        TimeSpan? loaded = null;
        RunFor(store, TimeSpan.FromSeconds(1), _ => loaded ??= TimeProvider.System.GetUtcNow() - new DateTimeOffset(self.StartTime));
        return Text(loaded!.Value.TotalSeconds, "0.00");
    }

    private static string Idle(IReportStore store)
    {
        var loop = Task.Run(() => RunFor(store, TimeSpan.FromSeconds(75), _ => { }));
        return Text(IdleShare.Of(loop, TimeSpan.FromSeconds(10)), "0.00");
    }

    private static string Late(IReportStore store)
    {
        var late = new List<double>();
        RunFor(store, TimeSpan.FromSeconds(25), happened =>
        {
            if (happened is RunnerEvent.Finished(var run, _))
            {
                late.Add((run.StartedAt!.Value - run.DueAt).TotalMilliseconds);
            }
        });
        late.Sort();
        return $"{Text(late[late.Count / 2], "0")} {Text(late[(int)(late.Count * 0.99)], "0")}";
    }

    // the first report starts when all of them are claimed
    private static string Burst(IReportStore store)
    {
        var started = new List<double>();
        RunFor(store, TimeSpan.FromSeconds(75), happened =>
        {
            if (happened is RunnerEvent.Finished(var run, _))
            {
                started.Add((run.StartedAt!.Value - run.DueAt).TotalMilliseconds);
            }
        });
        return $"{Text(started.Min(), "0")} {(started.Count == 1000 ? Text(started.Max(), "0") : $"only_{started.Count}_ran")}";
    }

    // records runs and prunes after each, as a runner does, while another thread asks for what is due all the time
    private static string Keep(IReportStore store)
    {
        const int Recorded = 20_000;
        var retention = new Retention(store, TimeProvider.System, _ => { });
        var before = new FileInfo(store.Address).Length;
        using var over = new CancellationTokenSource();
        var waits = new List<double>();
        var asking = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                var clock = Stopwatch.StartNew();
                store.TakeRuns(new TakeOrder("benchmark", 1, []));
                waits.Add(clock.Elapsed.TotalMilliseconds);
                Thread.Sleep(50);
            }
        });
        for (var i = 0; i < Recorded; i++)
        {
            var now = TimeProvider.System.GetUtcNow();
            store.AddRun(new ReportRun { Id = RunIds.Create(now), TaskId = "0", TaskName = "task 0", DueAt = now, StartedAt = now,
                FinishedAt = now, Outcome = RunOutcome.Succeeded });
            if (i % 10 == 0)
            {
                retention.Prune("0");
            }
        }

        over.Cancel();
        asking.Wait();
        waits.Sort();
        return $"{Text((new FileInfo(store.Address).Length - before) / 1e6, "0.0")} {Text(waits[(int)(waits.Count * 0.99)], "0")}";
    }

    private static void RunFor(IReportStore store, TimeSpan time, Action<RunnerEvent> onEvent)
    {
        using var loop = new RunnerLoop(store, TimeProvider.System, new RunnerOptions { For = time });
        loop.Run(onEvent, CancellationToken.None);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
