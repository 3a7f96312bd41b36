using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Definitions;
using ReportScheduler.Runs;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Tests.Runs;

/// <summary>A store of its own with a connection and a pickup folder, and a clock that stands still.</summary>
internal sealed class RunFixture : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <param name="clock">The store's clock; null for the one that stands still.</param>
    public RunFixture(TimeProvider? clock = null)
    {
        Folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
        Store = StoreFile.Open(Path.Combine(Folder, "reports.db"), StoreScope.User, clock: clock ?? Clock);
        Store.Connections.Put(
            new ReportConnection { Name = "mem", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
        Store.MailServers.Put(new ReportMailServer { Name = "pickup", PickupDirectory = MailFolder, From = "r@example.com" }, PutMode.Add);
    }

    public string Folder { get; }

    public string MailFolder => Path.Combine(Folder, "mail");

    public IReportStore Store { get; }

    public FakeTimeProvider Clock { get; } = new(Noon);

    public string[] Mails => Directory.Exists(MailFolder) ? Directory.GetFiles(MailFolder, "*.eml") : [];

    /// <summary>A task that is due every hour, first at noon.</summary>
    public ReportTask AddTask(string name, Action<ReportTask>? change = null)
    {
        var task = new ReportTask
        {
            Id = name,
            Name = name,
            Connection = "mem",
            Query = "select 1 as one",
            Every = TimeSpan.FromHours(1),
            StartAt = Noon,
            Format = [ReportFormat.Csv],
            To = ["ada@example.com"],
            MailServer = "pickup",
            Retry = 0,
        };
        change?.Invoke(task);
        TaskDefinition.Save(Store, task, PutMode.Add, reschedule: true, new FakeTimeProvider(Noon.AddSeconds(-1)));
        return Store.FindTask(name)!;
    }

    public void AddConnection(string name, string provider, string text, string? initSql = null)
    {
        var connection = new ReportConnection { Name = name, InitSql = initSql };
        ConnectionDefinition.Parse(name, provider, text, Path.GetFullPath).ApplyTo(connection, Store.Secrets, Path.GetFullPath);
        Store.Connections.Put(connection, PutMode.Replace);
    }

    /// <summary>Plans what is due and takes what waits.</summary>
    public static IReadOnlyList<ReportRun> Claim(RunWorker worker)
    {
        worker.Plan();
        return worker.Take(10).Runs;
    }

    /// <summary>Another process takes the only run that is going on, as if its owner's was gone.</summary>
    public static ReportRun TakeAway(IReportStore store)
    {
        Assert.Empty(store.TakeOver("other", new AbandonedRuns(store.GetOwners(), [])));
        return Assert.Single(store.TakeRuns(new TakeOrder("other", 10, [])).Runs);
    }

    public IReadOnlyList<ReportRun> Runs(string task) => Store.GetRuns(new RunFilter { TaskId = task });

    public RunWorker Worker() => new(Store, Clock);

    /// <summary>A worker of a computer whose clock shows another time.</summary>
    public RunWorker Worker(DateTimeOffset now)
    {
        var clock = new FakeTimeProvider(now);
        return new RunWorker(StoreFile.Open(Store.Address, StoreScope.User, clock: clock), clock);
    }

    /// <summary>Adds a run whose process is gone.</summary>
    public void AddDead(ReportRun run)
    {
        Store.AddRun(run);
        if (run.Owner is not null)
        {
            Store.ForgetOwner(run.Owner);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
