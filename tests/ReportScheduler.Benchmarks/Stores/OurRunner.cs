using System.Collections.Concurrent;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Benchmarks.Stores;

/// <summary>The real loop on a store, with reports of one row and one file.</summary>
internal static class OurRunner
{
    /// <summary>Makes the tables and the connection of the reports.</summary>
    public static RelationalStore Make(string address, string folder)
    {
        var store = Open(address, folder);
        store.Make();
        Prepare(store);
        return store;
    }

    public static RelationalStore Open(string address, string folder) => new(DatabaseAddress.Parse(address), folder, StoreScope.User);

    public static void Prepare(IReportStore store) => store.Connections.Put(
        new ReportConnection { Name = "mem", Provider = "Sqlite", ConnectionString = "Data Source=:memory:" }, PutMode.Replace);

    public static void Put(IReportStore store, int i, DateTimeOffset dueAt)
    {
        var task = NewTask(i);
        task.At = dueAt;
        store.PutTask(task, PutMode.Replace, dueAt);
    }

    public static void PutMailed(IReportStore store, int i, DateTimeOffset dueAt, string mailServer, string subject)
    {
        var task = NewTask(i);
        (task.At, task.To, task.MailServer, task.Subject) = (dueAt, ["ada@example.com"], mailServer, subject);
        store.PutTask(task, PutMode.Replace, dueAt);
    }

    /// <summary>One task that is due so many times.</summary>
    public static void PutEverySecond(IReportStore store, DateTimeOffset first, int times, string mailServer)
    {
        var task = NewTask(0);
        (task.Cron, task.TimeZone, task.StartAt, task.EndAt) = ("* * * * * *", "UTC", first, first.AddSeconds(times - 1));
        (task.To, task.MailServer) = (["ada@example.com"], mailServer);
        store.PutTask(task, PutMode.Replace, first);
    }

    /// <summary>Runs until so many reports have ended, or the time is over.</summary>
    /// <returns>The runs with the instant at which each ended.</returns>
    public static List<ReportRun> RunFor(IReportStore store, int count, TimeSpan most, int atOnce)
    {
        using var loop = new RunnerLoop(store, TimeProvider.System, new RunnerOptions { For = most, MaxConcurrent = atOnce });
        using var enough = new CancellationTokenSource();
        var runs = new List<ReportRun>();
        loop.Run(
            happened =>
            {
                if (happened is RunnerEvent.Finished(var run, _))
                {
                    runs.Add(run);
                }

                if (runs.Count >= count)
                {
                    enough.Cancel();
                }
            },
            enough.Token);
        return runs;
    }

    /// <summary>Runners of as many machines, with nothing to do.</summary>
    public static void Idle(string address, string folder, int runners, TimeSpan time)
    {
        var problems = new ConcurrentQueue<string>();
        var loops = Enumerable.Range(0, runners).Select(number => new Thread(() =>
        {
            // each starts when it starts
            Thread.Sleep(TimeSpan.FromSeconds(1.5 * number / runners));
            // the key of the store is one for all
            using var loop = new RunnerLoop(Open(address, folder), TimeProvider.System, new RunnerOptions { For = time });
            loop.Run(happened =>
            {
                if (happened is RunnerEvent.Trouble(var words))
                {
                    problems.Enqueue(words);
                }
            }, CancellationToken.None);
        })).ToList();
        loops.ForEach(loop => loop.Start());
        loops.ForEach(loop => loop.Join());
        if (problems.TryDequeue(out var problem))
        {
            throw new InvalidOperationException(problem);
        }
    }

    private static ReportTask NewTask(int i) => new()
    {
        Id = $"{i}",
        Name = $"task {i}",
        Connection = "mem",
        Query = "select 1 as one",
        Format = [ReportFormat.Csv],
    };
}
