using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.MariaDb;

/// <summary>A server whose statements may have a megabyte: what is longer ends the line without a word.</summary>
public sealed class OddMariaDbSizeTests : IDisposable
{
    private const int Many = 200;

    // what a driver has to write in two bytes
    private static readonly string Awkward = string.Concat(Enumerable.Repeat("\\'", 6_000));

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly MariaDbStoreDatabase database = new(OddMariaDbServer.Odd);
    private readonly RelationalStore store;

    public OddMariaDbSizeTests()
    {
        database.Make();
        store = new RelationalStore(DatabaseAddress.Parse(database.Address), folder, StoreScope.User);
    }

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Many_large_rows_are_written_in_as_many_statements_as_they_need()
    {
        var runs = Enumerable.Range(0, Many).Select(at => Run(at, Awkward)).ToList();
        store.ImportRuns(runs);
        Assert.Equal(Many, store.CountRuns());
        Assert.All(store.GetRuns(new RunFilter()), run => Assert.Equal((Awkward, Awkward), (run.Error, run.Deliveries[0].Error)));
    }

    [Fact]
    public void A_run_with_many_large_deliveries_is_begun_saved_and_finished()
    {
        var now = store.Clock.GetUtcNow();
        store.PutTask(
            new ReportTask { Id = "t", Name = "t", TimeZone = "UTC", Every = TimeSpan.FromDays(1), StartAt = now }, PutMode.Add, now);
        var run = Run(0, Awkward);
        (run.Trigger, run.Outcome, run.Error) = (RunTrigger.Http, RunOutcome.Running, new string('x', 300_000));
        run.Deliveries = [.. Enumerable.Range(0, 20).Select(at => Delivery(run.Id, at, Awkward))];
        store.AddRun(run);
        var taken = Assert.Single(store.TakeRuns(new TakeOrder("me", 1, [])).Runs);
        Assert.True(store.BeginRun(taken).IsOwn);
        Assert.True(store.SaveRun(taken));
        taken.Outcome = RunOutcome.Failed;
        Assert.True(store.FinishRun(taken));
        var kept = Assert.Single(store.GetRuns(new RunFilter()));
        Assert.Equal((RunOutcome.Failed, 20, 300_000), (kept.Outcome, kept.Deliveries.Length, kept.Error!.Length));
    }

    [Fact]
    public void A_file_of_any_bytes_is_kept_and_fetched()
    {
        var run = Run(0, "");
        store.AddRun(run);
        run.Folder = store.Files.FolderOf(run.Id, 0);
        store.Files.Create(run.Folder);
        var file = Path.Combine(run.Folder, "a.csv");
        File.WriteAllText(file, string.Concat(Enumerable.Repeat(Awkward, 100)));
        run.Files = [file];
        store.Files.Keep(run);
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        store.Files.Fetch(run);
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public void A_definition_that_is_too_large_is_said_to_be_that_and_nothing_is_changed()
    {
        var now = store.Clock.GetUtcNow();
        ReportTask Task(int length) => new()
        {
            Id = "t", Name = "t", TimeZone = "UTC", Every = TimeSpan.FromDays(1), StartAt = now, Query = new string('x', length),
        };

        store.PutTask(Task(1_000_000), PutMode.Add, now);
        var problem = Assert.Throws<ReportException>(() => store.PutTask(Task(1_100_000), PutMode.Replace, now));
        Assert.Equal(("StoreValueTooLarge", false), (problem.ErrorId, problem.IsTransient));
        Assert.Contains("max_allowed_packet", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1_000_000, store.FindTask("t")!.Query!.Length);
    }

    [Fact]
    public void A_server_that_takes_less_than_a_piece_of_a_file_is_found_by_the_check_of_the_store()
    {
        StoreCheck Write() => StoreChecks.Try(store).Single(check => check.Check == "Write");
        Assert.True(Write().Success, Write().Message);
        OddMariaDbServer.Odd.Execute("set global max_allowed_packet = 65536");
        try
        {
            using var other = new MariaDbStoreDatabase(OddMariaDbServer.Odd);
            other.Make();
            var check = StoreChecks.Try(new RelationalStore(DatabaseAddress.Parse(other.Address), folder, StoreScope.User))
                .Single(check => check.Check == "Write");
            Assert.Equal((false, "StoreStatementsShort"), (check.Success, check.ErrorId));
        }
        finally
        {
            OddMariaDbServer.Odd.Execute("set global max_allowed_packet = 1048576");
        }
    }

    private ReportRun Run(int at, string error)
    {
        var now = store.Clock.GetUtcNow().AddSeconds(-at - 1);
        var id = RunIds.Create(now);
        return new ReportRun
        {
            Id = id, TaskId = "t", TaskName = "t", Trigger = RunTrigger.Manual, DueAt = now, Outcome = RunOutcome.Failed, Error = error,
            FinishedAt = now, Deliveries = [Delivery(id, 0, error)],
        };
    }

    private static ReportDelivery Delivery(string runId, int at, string error) =>
        new() { Id = $"{runId}-{at}", RunId = runId, Target = "post", State = DeliveryState.Failed, Error = error };
}
