using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Runs;
using ReportScheduler.Store;

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
            _ => throw new ArgumentException(what),
        });
        return 0;
    }

    private static string Start(IReportStore store)
    {
        using var self = Process.GetCurrentProcess();
        TimeSpan? loaded = null;
        RunFor(store, TimeSpan.FromSeconds(1), _ => loaded ??= TimeProvider.System.GetUtcNow() - self.StartTime.ToUniversalTime());
        return Text(loaded!.Value.TotalSeconds, "0.00");
    }

    private static string Idle(IReportStore store)
    {
        using var self = Process.GetCurrentProcess();
        using var stop = new CancellationTokenSource();
        var loop = Task.Run(() => RunFor(store, TimeSpan.FromSeconds(24), _ => { }));
        Thread.Sleep(3000);
        self.Refresh();
        var (before, clock) = (self.TotalProcessorTime, Stopwatch.StartNew());
        Thread.Sleep(20_000);
        self.Refresh();
        var share = (self.TotalProcessorTime - before) / clock.Elapsed * 100;
        loop.Wait();
        return Text(share, "0.00");
    }

    private static string Late(IReportStore store)
    {
        var late = new List<double>();
        RunFor(store, TimeSpan.FromSeconds(25), happened =>
        {
            if (happened is SchedulerEvent.Finished(var run, _))
                late.Add((run.StartedAt!.Value - run.DueAt).TotalMilliseconds);
        });
        late.Sort();
        return Text(late[(int)(late.Count * 0.99)], "0");
    }

    // the first report starts when all of them are claimed
    private static string Burst(IReportStore store)
    {
        double? claimed = null;
        RunFor(store, TimeSpan.FromSeconds(60), happened =>
        {
            if (happened is SchedulerEvent.Finished(var run, _))
                claimed ??= (run.StartedAt!.Value - run.DueAt).TotalMilliseconds;
        });
        return Text(claimed!.Value, "0");
    }

    private static void RunFor(IReportStore store, TimeSpan time, Action<SchedulerEvent> onEvent)
    {
        using var loop = new SchedulerLoop(store, TimeProvider.System, new SchedulerOptions { For = time });
        loop.Run(onEvent, CancellationToken.None);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
