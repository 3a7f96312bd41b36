using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Benchmarks.Scheduler;

/// <summary>The runner with many tasks, and APScheduler 3 with as many jobs where Python has it. Writes a Markdown table.</summary>
/// <remarks>Each figure comes from a process of its own that runs the real loop on a real store; reports end at
/// once because their connection is missing, so that only the scheduler is measured.</remarks>
internal static class SchedulerBenchmark
{
    private const int AtOnce = 1000;

    public static int Run(string[] arguments)
    {
        if (arguments is ["measure", var what, var kept])
        {
            return SchedulerMeasure.Run(what, kept);
        }

        if (arguments is ["--only", "idle"])
        {
            return Idle(10_000);
        }

        var count = arguments is ["--tasks", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("scheduler-").FullName;
        try
        {
            var path = Path.Combine(folder, "reports.db");
            var store = StoreFile.Open(path, StoreScope.User);
            Fill(store, count);
            var table =
                new MarkdownTable($"{count:N0} tasks, {Environment.ProcessorCount} cores", "target", "ReportScheduler", "APScheduler 3");
            var peer = ApScheduler.Measure(count, AtOnce);
            table.Add("start of the process to the first pass, s", "< 1.5", Measure("start", path), peer.Start);
            table.Add("processor while idle, % of one core", "< 0.2", Measure("idle", path), peer.Idle);
            for (var i = 0; i < 100; i++)
            {
                Put(store, i, TimeProvider.System.GetUtcNow().AddSeconds(5).AddMilliseconds(i * 100));
            }

            var late = Measure("late", path).Split(' ');
            table.Add("due to started, one at a time, p50, ms", "", late[0], peer.LateMedian);
            table.Add("due to started, one at a time, p99, ms", "< 250", late[^1], peer.Late);
            var second = TimeProvider.System.GetUtcNow().AddSeconds(20);
            for (var i = 0; i < AtOnce; i++)
            {
                Put(store, i, second);
            }

            var burst = Measure("burst", path).Split(' ');
            table.Add($"{AtOnce:N0} due at one instant: all claimed, ms", "<= 500", burst[0], "");
            table.Add($"{AtOnce:N0} due at one instant: the last one started, ms", $"{Environment.ProcessorCount} at once", burst[^1],
                peer.Burst);
            foreach (var (name, perSecond) in NextRuns.Measure())
            {
                table.Add($"next runs per second, {name}", "", perSecond.ToString("N0", CultureInfo.InvariantCulture), "");
            }

            Put(store, 0, TimeProvider.System.GetUtcNow().AddDays(9));
            var keeping = Measure("retention", path).Split(' ');
            table.Add("20,000 recorded runs, 100 kept: growth of the file, MB", "< 5", keeping[0], "");
            table.Add("the same: a due run claimed meanwhile, p99, ms", "< 250", keeping[^1], "");
            File.WriteAllText("scheduler.md", table.ToString());
            Console.Write(table);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Idle(int count)
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-").FullName;
        try
        {
            var path = Path.Combine(folder, "reports.db");
            Fill(StoreFile.Open(path, StoreScope.User), count);
            var table = new MarkdownTable($"{count:N0} tasks", "target", "ReportScheduler");
            table.Add("processor while idle, % of one core", "< 0.2", Measure("idle", path));
            Console.Write(table);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Fill(IReportStore store, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Put(store, i, TimeProvider.System.GetUtcNow().AddDays(1).AddSeconds(i));
        }
    }

    private static void Put(IReportStore store, int i, DateTimeOffset dueAt) => store.PutTask(
        new ReportTask { Id = $"{i}", Name = $"task {i}", Connection = "none", Query = "select 1", At = dueAt }, PutMode.Replace, dueAt);

    private static string Measure(string what, string path)
    {
        string[] arguments = [typeof(SchedulerBenchmark).Assembly.Location, "scheduler", "measure", what, path];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return answer;
    }
}
