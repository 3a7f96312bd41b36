using ReportScheduler.Definitions;
using ReportScheduler.Runs;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Store.PostgreSql;

namespace ReportScheduler.Tests.Splits;

public sealed class SplitSharedStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly PostgreSqlStoreDatabase database = new();

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Another_machine_sends_one_of_five_hundred_parts_again()
    {
        database.Make();
        var mails = Path.Combine(folder, "mail");
        var here = Store("here");
        here.Connections.Put(
            new ReportConnection { Name = "mem", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
        here.MailServers.Put(new ReportMailServer { Name = "pickup", PickupDirectory = mails, From = "r@example.com" }, PutMode.Add);
        var task = new ReportTask
        {
            Id = "t",
            Name = "Sales",
            Connection = "mem",
            Query = "with recursive t(i) as (select 0 union all select i + 1 from t where i < 1499) select 'reader' || (i % 500) || "
                + "'@x.org' as reader, i from t",
            SplitBy = "reader",
            To = ["{{ split.key }}"],
            Format = [ReportFormat.Csv],
        };
        TaskDefinition.Save(here, task, PutMode.Add, reschedule: true, TimeProvider.System);
        ReportRun run;
        using (var worker = new RunWorker(here, TimeProvider.System))
        {
            run = worker.RunNow(here.FindTask("Sales")!, RunTrigger.Manual, DateTimeOffset.UnixEpoch, RunOptions.None, _ => { },
                CancellationToken.None);
        }

        Assert.Equal((RunOutcome.Succeeded, null, 500), (run.Outcome, run.Error, run.Deliveries.Length));
        Assert.Equal(500, Directory.GetFiles(mails, "*.eml").Length);
        var there = Store("there");
        var kept = Assert.Single(there.GetRuns(new RunFilter { RunId = run.Id }));
        using var other = new RunWorker(there, TimeProvider.System);
        var again = other.Reopening.SendAgain(kept, [.. kept.Deliveries.Where(delivery => delivery.Key == "reader77@x.org")],
            failedOnly: false, CancellationToken.None);
        Assert.Equal(RunOutcome.Succeeded, again.Outcome);
        Assert.Equal([("reader77@x.org", 2)],
            again.Deliveries.Where(delivery => delivery.Attempts > 1).Select(delivery => (delivery.Key, delivery.Attempts)));
    }

    private RelationalStore Store(string machine) =>
        new(DatabaseAddress.Parse(database.Address), Directory.CreateDirectory(Path.Combine(folder, machine)).FullName, StoreScope.User);
}
