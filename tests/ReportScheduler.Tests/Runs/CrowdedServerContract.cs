using System.Globalization;
using ReportScheduler.Runs;
using ReportScheduler.Sources;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Runs;

/// <summary>Many reports of one server that has two places, and ten runners that have others to make.</summary>
/// <remarks>REPORTSCHEDULER_CROWD is how many of them there are: 1000 for the whole.</remarks>
public abstract class CrowdedServerContract : IDisposable
{
    private const int Runners = 10;
    private const int Others = 30;
    private static readonly int Crowd =
        int.Parse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_CROWD") ?? "60", CultureInfo.InvariantCulture);

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly Func<string, IReportStore> open;
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly IReportStore store;

    /// <param name="open">Opens the store as one more machine would, with a folder of its own.</param>
    private protected CrowdedServerContract(Func<string, IReportStore> open)
    {
        this.open = open;
        store = open(folder);
    }

    public virtual void Dispose()
    {
        stop.Dispose();
        Remove(folder);
        GC.SuppressFinalize(this);
    }

    // what a runner rehearses when it starts may go on for a moment after it has ended
    private protected static void Remove(string folder)
    {
        for (var tries = 100; Directory.Exists(folder); tries--)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (tries > 0)
            {
                Thread.Sleep(50);
            }
        }
    }

    [Fact]
    public async Task Reports_of_other_servers_and_labels_are_made_while_many_wait_for_a_place()
    {
        store.Connections.Put(Connection("few", 2), PutMode.Add);
        store.Connections.Put(Connection("free", null), PutMode.Add);
        store.MailServers.Put(
            new ReportMailServer { Name = "mail", PickupDirectory = Path.Combine(folder, "mail"), From = "r@example.com" }, PutMode.Add);
        var due = store.Clock.GetUtcNow().AddMinutes(-1);
        for (var i = 0; i < Crowd; i++)
        {
            Add($"few{i}", "few", null, due);
        }

        for (var i = 0; i < Others; i++)
        {
            // due after all of the others
            Add($"free{i}", "free", i % 2 == 0 ? "dmz" : null, due.AddSeconds(1));
        }

        var places = new DatabaseSources(store).PlacesOf(store.FindTask("few0")!);
        var held = new[] { ServerSlots.Take(store, places, stop.Token), ServerSlots.Take(store, places, stop.Token) };
        var loops = Enumerable.Range(0, Runners).Select(Run).ToList();
        await Until(() => Made("free") == Others);
        Assert.Equal(0, Made("few"));
        Array.ForEach(held, place => place.Dispose());
        await Until(() => Made("few") == Crowd);
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        Assert.All(store.GetRuns(new RunFilter()),
            run => Assert.Equal((RunOutcome.Succeeded, 1, 0), (run.Outcome, run.Attempt, run.Interruptions)));
    }

    private Task Run(int runner) => Task.Run(() =>
    {
        var mine = open(Directory.CreateDirectory(Path.Combine(folder, $"{runner}")).FullName);
        using var loop = new RunnerLoop(mine, mine.Clock,
            new RunnerOptions { MaxConcurrent = 1 + (runner % 2), Labels = runner == 0 ? ["dmz"] : [] });
        loop.Run(_ => { }, stop.Token);
    });

    private int Made(string of) => store.GetRuns(new RunFilter()).Count(
        run => run.TaskName.StartsWith(of, StringComparison.Ordinal) && run.IsFinal);

    private async Task Until(Func<bool> isSo)
    {
        for (var i = 0; !isSo(); i++)
        {
            Assert.True(i < 1200, "It did not come so far.");
            await Task.Delay(250, stop.Token);
        }
    }

    private static ReportConnection Connection(string name, int? places) => new()
    {
        Name = name, Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:", MaxConcurrent = places,
    };

    private void Add(string name, string connection, string? label, DateTimeOffset due) => store.PutTask(
        new ReportTask
        {
            Id = name, Name = name, Connection = connection, Query = "select 1 as one", At = due, TimeZone = "UTC", RunOn = label,
            Format = [ReportFormat.Csv], To = ["ada@example.com"], MailServer = "mail", MissedGrace = TimeSpan.FromDays(1), CreatedAt = due,
        },
        PutMode.Add, due);
}
