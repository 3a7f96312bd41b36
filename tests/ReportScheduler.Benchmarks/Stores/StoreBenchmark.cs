using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Benchmarks.Scheduler;
using ReportScheduler.Runs;
using ReportScheduler.Schedules;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Benchmarks.Stores;

/// <summary>The store in PostgreSQL beside Quartz.NET and Hangfire on the same server, and the store in
/// a file. Writes Markdown tables.</summary>
/// <remarks>Our jobs are whole reports that read a row and write a file; those of the others do nothing.</remarks>
internal static class StoreBenchmark
{
    private const int Due = 10_000;
    private const int OneByOne = 300;

    public static int Run(string[] arguments)
    {
        if (arguments is ["measure", var what, var place, var kept])
        {
            return StoreMeasure.Run(what, place, kept);
        }

        var only = arguments is ["--only", var names] ? names.Split(',') : ["plan", "late", "burst", "idle", "kills", "lite"];
        var folder = Directory.CreateTempSubdirectory("store-").FullName;
        try
        {
            var text = "";
            if (only.Contains("kills"))
            {
                using var database = new SharedDatabase();
                text += KillBenchmark.Run(database, folder) + "\n";
            }

            if (only.Intersect(["plan", "late", "burst", "idle"]).Any())
            {
                using var database = new SharedDatabase();
                text += Shared(database, folder, only).ToString();
            }

            if (only.Contains("lite"))
            {
                text += "\n" + Lite(folder).ToString();
            }

            File.WriteAllText("store.md", text);
            Console.Write(text);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static MarkdownTable Shared(SharedDatabase database, string folder, string[] only)
    {
        var table = new MarkdownTable($"PostgreSQL, {Environment.ProcessorCount} cores", "target", "ReportScheduler",
            "Quartz.NET 4.7, clustered",
            "Hangfire 1.8");
        if (only.Contains("plan"))
        {
            Plan(table, database, folder);
        }

        if (only.Contains("late"))
        {
            var late = Each(database, folder, "late");
            table.Add("due to started, one every 100 ms, p50, ms", "", late[0][0], late[1][0], late[2][0]);
            table.Add("due to started, one every 100 ms, p99, ms", "not worse", late[0][1], late[1][1], late[2][1]);
        }

        if (only.Contains("burst"))
        {
            var burst = Each(database, folder, "burst");
            table.Add($"{StoreMeasure.AtOnce:N0} due at one instant, 8 threads: started per second", ">= 100, not worse",
                burst[0][0], burst[1][0], burst[2][0]);
            table.Add("of them started", "1000", burst[0][1], burst[1][1], burst[2][1]);
        }

        if (only.Contains("idle"))
        {
            Idle(table, database, folder);
        }

        return table;
    }

    private static void Plan(MarkdownTable table, SharedDatabase database, string folder)
    {
        database.Make("plan");
        var store = OurRunner.Make(database.Address("plan"), Path.Combine(folder, "plan"));
        var due = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        for (var i = 0; i < OneByOne; i++)
        {
            OurRunner.Put(store, i, due);
        }
        // the first ones compile the code
        PlanOne(store, 20);
        var clock = Stopwatch.StartNew();
        PlanOne(store, OneByOne - 20);
        var one = (OneByOne - 20) / clock.Elapsed.TotalSeconds;
        for (var i = OneByOne; i < Due; i++)
        {
            OurRunner.Put(store, i, due);
        }

        // a runner has planned before: from the fourth time on its code is compiled to the end
        var (planned, times) = (0, new List<double>());
        for (var round = 0; round < 7; round++)
        {
            database.Execute("plan", $"update reportscheduler.task_state set wake_at = {due.UtcTicks}");
            database.Execute("plan", "delete from reportscheduler.run");
            // as the server does by itself, and not while it is measured
            database.Execute("plan", "vacuum");
            database.Execute("plan", "checkpoint");
            clock.Restart();
            planned = new TaskPlanner(store).PlanDue().Runs.Count;
            times.Add(clock.Elapsed.TotalSeconds);
        }

        Console.Error.WriteLine("  planned a second, each time: " + string.Join(' ', times.Select(time => Text(planned / time))));
        var many = planned / times.Skip(3).Order().ElementAt(2);
        table.Add($"{planned:N0} due times planned, per second", ">= 4,000", Text(many), "", "");
        table.Add("the same one by one, per second", "", Text(one), "", "");
        table.Add("times as fast", ">= 50", Text(many / one), "", "");
    }

    private static void PlanOne(RelationalStore store, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var option = store.GetOption();
            store.PlanDue(1, due => [.. due.Select(task =>
                new TaskPlan(task, DuePlanner.Plan(task.Task!, task.Unfinished, store.Clock.GetUtcNow(), option)))]);
        }
    }

    private static List<string[]> Each(SharedDatabase database, string folder, string what)
    {
        var figures = new List<string[]>();
        foreach (var product in new[] { "ours", "quartz", "hangfire" })
        {
            var connection = database.Make(what + product);
            figures.Add(Measure($"{what} {product}", product == "ours" ? database.Address(what + product) : connection,
                Path.Combine(folder, what + product)));
        }

        return figures;
    }

    private static void Idle(MarkdownTable table, SharedDatabase database, string folder)
    {
        database.Make("idle");
        var store = OurRunner.Make(database.Address("idle"), Path.Combine(folder, "idle"));
        for (var i = 0; i < 100; i++)
        {
            OurRunner.Put(store, i, TimeProvider.System.GetUtcNow().AddDays(1));
        }

        var runners = Task.Run(() => Measure("idle", database.Address("idle"), Path.Combine(folder, "idle")));
        // what each does when it starts is over then
        Thread.Sleep(30_000);
        var (statements, processor, clock) = (database.Statements, database.ProcessorTime, Stopwatch.StartNew());
        // two beats of each
        Thread.Sleep(60_000);
        var (asked, used) = (database.Statements - statements, database.ProcessorTime - processor);
        table.Add("an idle runner: statements per second", "< 2",
            (asked / clock.Elapsed.TotalSeconds / 50).ToString("0.00", CultureInfo.InvariantCulture), "", "");
        table.Add("50 idle runners: % of a core of the database", "< 5",
            (used / clock.Elapsed * 100).ToString("0.0", CultureInfo.InvariantCulture), "", "");
        runners.Wait();
    }

    private static MarkdownTable Lite(string folder)
    {
        var table = new MarkdownTable("A file (LiteDB)", "target", "ReportScheduler");
        table.Add("opens of the file for a mailed report", "<= 8", Measure("opens", "-", Path.Combine(folder, "opens"))[0]);
        var claims = Measure("claims", "-", Path.Combine(folder, "claims"));
        table.Add("1,000 due times planned and taken, ms", "< 150", claims[0]);
        table.Add("the same, ms of a processor", "", claims[^1]);
        table.Add("idle with 10,000 tasks, % of a core", "< 0.2", Measure("idle lite", "-", Path.Combine(folder, "lite"))[0]);
        return table;
    }

    private static string[] Measure(string what, string place, string folder)
    {
        Directory.CreateDirectory(folder);
        string[] arguments = [typeof(StoreBenchmark).Assembly.Location, "store", "measure", what, place, folder];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Console.Error.WriteLine($"{what}: {answer}");
        return process.ExitCode == 0 ? answer.Split(' ') : ["failed", "", ""];
    }

    private static string Text(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
