using ReportScheduler.Files;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Damages a store again and again and uses what is left of it, in a process that it may take down.</summary>
internal static class StoreDamage
{
    private const int Page = 8192;
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Expected = ["StoreNotReadable", "StoreTooNew", "RecordNotReadable", "NameTaken",
        "TaskChangedMeanwhile"];

    /// <summary>Makes a store with something of everything in it.</summary>
    public static void Fill(IReportStore store)
    {
        store.Connections.Put(
            new ReportConnection { Name = "c", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" }, PutMode.Add);
        for (var i = 0; i < 20; i++)
        {
            store.PutTask(new ReportTask { Id = $"{i}", Name = $"task {i}", Query = new string('q', 300 * i) }, PutMode.Add,
                Noon.AddDays(i));
            store.AddRun(new ReportRun { Id = $"run {i}", TaskId = $"{i}", DueAt = Noon.AddDays(i), Owner = "me", HeartbeatAt = Noon });
        }
    }

    /// <summary>Prints a line for whatever is not as it should be, and the seed that makes it again.</summary>
    /// <param name="path">The store.</param>
    /// <param name="name">The first seed and how many, as in <c>100+25</c>.</param>
    public static void Try(string path, string name)
    {
        StoreWatchdog.Limit = TimeSpan.FromSeconds(30);
        var whole = File.ReadAllBytes(path);
        var log = StoreOperation.LogOf(path);
        int[] seeds = [.. name.Split('+').Select(int.Parse)];
        foreach (var seed in Enumerable.Range(seeds[0], seeds[1]))
        {
            Console.WriteLine($"begins {seed}");
            var damaged = Damage(whole, new Random(seed), log);
            File.WriteAllBytes(path, damaged);
            Read(path, seed, damaged);
            Use(path, seed, store => store.PlanDue(10, found => [.. found.Select(due => new TaskPlan(due, new DuePlan([], [], null)))]));
            Use(path, seed, store => store.TakeRuns(new TakeOrder("me", 10, [])));
            Use(path, seed, store => store.TakeOver("other", new AbandonedRuns(store.GetOwners(), [])));
            Use(path, seed, store => store.PutTask(new ReportTask { Id = "new", Name = "new" }, PutMode.Replace, null));
            // what is not disposed of reaches its finalizer now
            GC.Collect();
            GC.WaitForPendingFinalizers();
            File.Delete(log);
        }

        Console.WriteLine("done");
    }

    private static void Read(string path, int seed, byte[] damaged)
    {
        Use(path, seed, store =>
        {
            if (store.GetTasks().Count == 0)
            {
                Console.WriteLine($"WRONG {seed}: an empty store");
            }
        });
        Use(path, seed, store => store.GetRuns(new RunFilter()));
        Use(path, seed, store => store.GetEarliestDue());
        if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(damaged))
        {
            Console.WriteLine($"WRONG {seed}: reading changed the file");
        }
    }

    private static void Use(string path, int seed, Action<IReportStore> use)
    {
        try
        {
            use(StoreFile.Open(path, StoreScope.User));
        }
        catch (ReportException problem) when (Expected.Contains(problem.ErrorId))
        {
        }
        catch (Exception problem)
        {
            Console.WriteLine($"WRONG {seed}: {problem}");
        }
    }

    private static byte[] Damage(byte[] whole, Random random, string log)
    {
        var damaged = (byte[])whole.Clone();
        var pages = damaged.Length / Page;
        switch (random.Next(6))
        {
            case 0:
                for (var spot = 0; spot < 3; spot++)
                {
                    damaged[(random.Next(pages) * Page) + random.Next(32)] = (byte)random.Next(256);
                }

                break;
            case 1:
                damaged.AsSpan(random.Next(pages) * Page, Page).Clear();
                break;
            case 2:
                return damaged[..random.Next(damaged.Length)];
            case 3:
                for (var spot = 0; spot < 4; spot++)
                {
                    random.NextBytes(damaged.AsSpan(random.Next(damaged.Length - 64), random.Next(1, 64)));
                }

                break;
            case 4:
                damaged[random.Next(Page)] = (byte)random.Next(256);
                break;
            default:
                // a log that a process left behind, of pages that it never wrote
                var left = damaged[..(random.Next(1, pages) * Page)];
                random.NextBytes(left.AsSpan(random.Next(left.Length - 64), 64));
                File.WriteAllBytes(log, left);
                break;
        }

        return damaged;
    }
}
