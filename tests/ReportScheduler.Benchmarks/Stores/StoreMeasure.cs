using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Benchmarks.Stores;

/// <summary>One figure about a store, taken in this process and written to standard output.</summary>
internal static class StoreMeasure
{
    /// <summary>So many due times one after the other.</summary>
    public const int Apart = 400;

    /// <summary>So many due times at one instant.</summary>
    public const int AtOnce = 1000;

    private const int Threads = 8;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    public static int Run(string what, string place, string folder)
    {
        Console.WriteLine(what switch
        {
            "late ours" => Late(Ours(place, folder, Instants(Apart, 100), Threads)),
            "late quartz" => Late(QuartzPeer.Run(place, Instants(Apart, 100), Most, Threads)),
            "late hangfire" => Late(HangfirePeer.Run(place, Instants(Apart, 100), Most, Threads)),
            "burst ours" => Burst(Ours(place, folder, Instants(AtOnce, 0), Threads)),
            "burst quartz" => Burst(QuartzPeer.Run(place, Instants(AtOnce, 0), Most, Threads)),
            "burst hangfire" => Burst(HangfirePeer.Run(place, Instants(AtOnce, 0), Most, Threads)),
            "idle" => Idle(place, folder),
            "opens" => Opens(folder),
            "claims" => Claims(folder),
            "idle lite" => IdleLite(folder),
            _ when what.StartsWith("kills ", StringComparison.Ordinal) => KillWork.Run(what.Split(' ')[1..], place, folder),
            _ => throw new ArgumentException(what),
        });
        return 0;
    }

    // time enough to write them all down and to start
    private static List<DateTimeOffset> Instants(int count, int milliseconds)
    {
        var first = TimeProvider.System.GetUtcNow().AddSeconds(milliseconds == 0 ? 15 : 8);
        return [.. Enumerable.Range(0, count).Select(i => first.AddMilliseconds((double)i * milliseconds))];
    }

    private static List<(DateTimeOffset DueAt, DateTimeOffset StartedAt)> Ours(string address, string folder, List<DateTimeOffset> due,
        int threads)
    {
        var store = OurRunner.Make(address, folder);
        for (var i = 0; i < due.Count; i++)
        {
            OurRunner.Put(store, i, due[i]);
        }

        var runs = OurRunner.RunFor(store, due.Count, Most, threads);
        if (runs.Find(run => run.Outcome != RunOutcome.Succeeded) is { } failed)
        {
            throw new InvalidOperationException($"{failed.Outcome}: {failed.Error}");
        }

        return [.. runs.Select(run => (run.DueAt, run.StartedAt!.Value))];
    }

    private static string Late(List<(DateTimeOffset DueAt, DateTimeOffset StartedAt)> started)
    {
        // the first ones compile the code
        Console.Error.WriteLine("  in the order of their due times: " + string.Join(' ', started.OrderBy(run => run.DueAt)
            .Select(run => Text((run.StartedAt - run.DueAt).TotalMilliseconds, "0"))));
        var late = started.Select(run => (run.StartedAt - run.DueAt).TotalMilliseconds).Order().ToList();
        return $"{Text(late[late.Count / 2], "0")} {Text(late[(int)(late.Count * 0.99)], "0")} {late.Count}";
    }

    private static string Burst(List<(DateTimeOffset DueAt, DateTimeOffset StartedAt)> started)
    {
        var (first, last) = (started.Min(run => run.DueAt), started.Max(run => run.StartedAt));
        return $"{Text(started.Count / (last - first).TotalSeconds, "0")} {started.Count}";
    }

    private static string Idle(string address, string folder)
    {
        OurRunner.Idle(address, folder, 50, TimeSpan.FromSeconds(95));
        return "";
    }

    /// <summary>The opens of the file for each of 20 mailed reports of one task, one a second.</summary>
    private static string Opens(string folder)
    {
        const int Reports = 20;
        using var smtp = new SmtpServer();
        var store = StoreFile.Open(Path.Combine(folder, "reports.db"), StoreScope.User);
        OurRunner.Prepare(store);
        store.MailServers.Put(new ReportMailServer { Name = "mail", SmtpHost = "127.0.0.1", Port = smtp.Port, Security = MailSecurity.None,
            From = "r@example.com" }, PutMode.Add);
        var first = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 4);
        OurRunner.PutEverySecond(store, first, Reports, "mail");
        var opens = 0L;
        var callers = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == LiteStoreFile.MeterName)
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) =>
        {
            if (TimeProvider.System.GetUtcNow() < first)
            {
                return;
            }

            Interlocked.Add(ref opens, count);
            lock (callers)
            {
                callers.Add(string.Join(" < ", new StackTrace().GetFrames().Select(frame => frame.GetMethod()!)
                    .Where(method => method.DeclaringType?.Assembly == typeof(LiteStoreFile).Assembly
                        && method.DeclaringType != typeof(LiteStoreFile) && !method.Name.StartsWith('<'))
                    .Take(4).Select(method => $"{method.DeclaringType!.Name}.{method.Name}")));
            }
        });
        listener.Start();
        var sent = OurRunner.RunFor(store, Reports, Most, Threads).Count(run => run.Outcome == RunOutcome.Succeeded);
        foreach (var caller in callers.CountBy(caller => caller).OrderByDescending(caller => caller.Value))
        {
            Console.Error.WriteLine($"{caller.Value / (double)Reports,6:0.0} {caller.Key}");
        }

        return $"{Text(opens / (double)sent, "0.0")} {sent}";
    }

    private static string Claims(string folder)
    {
        var store = StoreFile.Open(Path.Combine(folder, "reports.db"), StoreScope.User);
        OurRunner.Prepare(store);
        var due = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        for (var i = 0; i < 2 * AtOnce; i++)
        {
            OurRunner.Put(store, i, i < AtOnce ? due : due.AddDays(1));
        }

        PlanAndTake(store);
        // the first time the code is compiled
        for (var i = AtOnce; i < 2 * AtOnce; i++)
        {
            OurRunner.Put(store, i, due);
        }

        using var self = Process.GetCurrentProcess();
        var (clock, used) = (Stopwatch.StartNew(), self.TotalProcessorTime);
        var taken = PlanAndTake(store);
        var passed = clock.Elapsed;
        self.Refresh();
        return $"{Text(passed.TotalMilliseconds, "0")} {taken} {Text((self.TotalProcessorTime - used).TotalMilliseconds, "0")}";
    }

    private static string IdleLite(string folder)
    {
        var store = StoreFile.Open(Path.Combine(folder, "reports.db"), StoreScope.User);
        OurRunner.Prepare(store);
        for (var i = 0; i < 10_000; i++)
        {
            OurRunner.Put(store, i, TimeProvider.System.GetUtcNow().AddDays(1).AddSeconds(i));
        }

        var loop = Task.Run(() => OurRunner.RunFor(store, 1, TimeSpan.FromSeconds(75), Threads));
        return Text(IdleShare.Of(loop, TimeSpan.FromSeconds(12)), "0.00");
    }

    // in one call, as a runner does for its free threads
    private static int PlanAndTake(IReportStore store) =>
        new TaskPlanner(store).PlanDue(new TakeOrder("benchmark", AtOnce, [])).Taken!.Runs.Count;

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
