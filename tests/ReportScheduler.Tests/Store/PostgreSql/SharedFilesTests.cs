using ReportScheduler.Runs;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;

namespace ReportScheduler.Tests.Store.PostgreSql;

/// <summary>Files of a report that are too much for the database.</summary>
public sealed class SharedFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-").FullName;
    private readonly PostgreSqlStoreDatabase database = new();

    public SharedFilesTests() => database.Make();

    private string Share => Path.Combine(folder, "share");

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_machine_has_the_files_of_a_large_report_where_there_is_a_share(bool isShared)
    {
        var here = Machine("web1");
        if (isShared)
        {
            SharedFiles.Found(Directory.CreateDirectory(Share).FullName);
            here.SetOption(new ReportSchedulerOption { FilesPath = Share });
        }

        var run = new ReportRun { Id = "20260302-1", TaskId = "t", TaskName = "t", DueAt = RunTime, Attempt = 2,
            Outcome = RunOutcome.Delivering, Machine = "web1" };
        run.Folder = here.Files.FolderOf(run.Id, run.Attempt);
        here.Files.Create(run.Folder);
        var large = Path.Combine(run.Folder, "large.csv");
        File.WriteAllBytes(large, Enumerable.Repeat((byte)7, 26 << 20).ToArray());
        run.Files = [large];
        run.Deliveries = [new ReportDelivery { Id = "d", RunId = run.Id, Kind = DeliveryKind.Folder, Target = "/target", Files = [large] }];
        here.AddRun(run);
        here.Files.Keep(run);
        here.Files.Keep(run);

        var there = Machine("web2");
        var seen = there.GetRuns(new RunFilter());
        there.Files.Locate(seen);
        Assert.Equal(isShared ? [Path.Combine(Share, $"{run.Id}.2", "large.csv")] : [], seen[0].Files);
        Assert.Equal(isShared ? [] : ["large.csv: made on the computer web1"], seen[0].FilesElsewhere);
        var theirs = Assert.Single(there.GetRuns(new RunFilter()));
        there.Files.Fetch(theirs);
        Assert.StartsWith(Path.Combine(folder, "web2"), Assert.Single(theirs.Files), StringComparison.Ordinal);
        Assert.Equal(isShared, File.Exists(theirs.Files[0]) && new FileInfo(theirs.Files[0]).Length == 26 << 20);
        Assert.Equal(isShared, Directory.Exists(Share) && Directory.GetFiles(Share, "large.csv", SearchOption.AllDirectories).Length == 1);
        Assert.Equal("0", database.Scalar("select count(*) from run_file"));

        Assert.Null(there.Files.Remove(run.Id));
        Assert.False(Directory.Exists(Share) && Directory.EnumerateDirectories(Share).Any());
    }

    [Theory]
    [InlineData(false)]
    // the folder that it would be mounted on
    [InlineData(true)]
    public void A_share_that_is_away_is_not_made_and_the_report_is_recorded_with_a_warning(bool hasFolder)
    {
        if (hasFolder)
        {
            Directory.CreateDirectory(Share);
        }

        var store = Machine("web1");
        store.SetOption(new ReportSchedulerOption { FilesPath = Share });
        var run = new ReportRun { Id = "20260302-1", TaskId = "t", TaskName = "t", DueAt = RunTime, Owner = "me" };
        run.Folder = store.Files.FolderOf(run.Id, run.Attempt);
        store.Files.Create(run.Folder);
        run.Files = [Path.Combine(run.Folder, "large.csv")];
        File.WriteAllBytes(run.Files[0], new byte[26 << 20]);
        store.AddRun(run);
        Assert.Equal("FolderNotUsable", Assert.Throws<ReportException>(() => store.Files.Keep(run)).ErrorId);
        run.Outcome = RunOutcome.Succeeded;
        new RunRecorder(store, store.Clock).Write(new ReportTask { Id = "t", Name = "t" }, run);
        var kept = Assert.Single(store.GetRuns(new RunFilter()));
        Assert.Equal(RunOutcome.Succeeded, kept.Outcome);
        Assert.Contains($"'{Share}'", Assert.Single(kept.Warnings), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Share) && Directory.EnumerateFileSystemEntries(Share).Any());
        var check = StoreChecks.Try(store).Single(check => check.Check == "Files");
        Assert.Equal((false, "FolderNotUsable"), (check.Success, check.ErrorId));
        Assert.Contains(Share, check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_that_a_machine_cannot_bring_to_its_disk_waits_for_another_one()
    {
        var here = Machine("web1");
        var mail = Path.Combine(folder, "mail");
        here.MailServers.Put(new ReportMailServer { Name = "post", PickupDirectory = mail, From = "r@example.com" }, PutMode.Add);
        here.PutTask(new ReportTask { Id = "t", Name = "t", MailServer = "post", To = ["ada@example.com"] }, PutMode.Add, null);
        var run = new ReportRun { Id = "20260302-1", TaskId = "t", TaskName = "t", DueAt = RunTime, Outcome = RunOutcome.Delivering };
        run.Folder = here.Files.FolderOf(run.Id, run.Attempt);
        here.Files.Create(run.Folder);
        var message = Path.Combine(run.Folder, "message.eml");
        File.WriteAllText(message, "From: r@example.com\nTo: ada@example.com\nMessage-Id: <1@x>\n\nIt is done.\n");
        var now = here.Clock.GetUtcNow();
        run.Deliveries = [new ReportDelivery { Id = "d", RunId = run.Id, TaskId = "t", Kind = DeliveryKind.Mail, Target = "post",
            MessagePath = message, MessageId = "<1@x>", NextAttemptAt = now, CreatedAt = now,
            Recipients = [new DeliveryRecipient { Address = "ada@example.com" }] }];
        here.AddRun(run);
        here.Files.Keep(run);

        var there = Machine("web2");
        // a folder of another account looks like that
        ReportScheduler.Files.PrivateFile.CreateFolder(there.Files.Folder);
        File.WriteAllText(there.Files.FolderOf(run.Id, run.Attempt), "");
        var tried = Due(there);
        Assert.Equal((RunOutcome.Delivering, (string?)null), (tried.Outcome, tried.Owner));
        var waiting = Assert.Single(tried.Deliveries);
        Assert.Equal((DeliveryState.Pending, "FolderNotUsable", 1), (waiting.State, waiting.ErrorId, waiting.Attempts));
        Assert.True(waiting.NextAttemptAt > now.AddSeconds(30));
        Assert.False(Directory.Exists(mail) && Directory.GetFiles(mail).Length > 0);

        database.SetClock(waiting.NextAttemptAt.Value.UtcTicks);
        Assert.Equal(RunOutcome.Succeeded, Due(Machine("web3")).Outcome);
        Assert.Single(Directory.GetFiles(mail, "*.eml"));
    }

    [Fact]
    public void A_machine_whose_disk_cannot_be_used_plans_and_leaves_the_reports_to_others()
    {
        var here = Machine("web1");
        here.Connections.Put(
            new ReportConnection { Name = "mem", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
        var now = here.Clock.GetUtcNow();
        here.PutTask(new ReportTask { Id = "t", Name = "t", Connection = "mem", Query = "select 1 as a", Format = [ReportFormat.Csv],
            Every = TimeSpan.FromDays(1), StartAt = now, TimeZone = "UTC" }, PutMode.Add, now);
        var there = Machine("web2");
        File.WriteAllText(there.Files.Folder, "");
        using (var worker = new RunWorker(there, there.Clock))
        {
            foreach (var use in new Action[] { () => worker.PlanAndTake(1), () => worker.Take(1), worker.TryStore })
            {
                Assert.Equal("FolderNotUsable", Assert.Throws<ReportException>(use).ErrorId);
            }
        }

        Assert.Equal(1, here.CountWaiting());
        Assert.Equal((RunOutcome.Succeeded, 1), (Due(here).Outcome, here.GetRuns(new RunFilter()).Count));
        Assert.Equal(["20"], Directory.GetFileSystemEntries(here.Files.Folder).Select(path => Path.GetFileName(path)[..2]));
    }

    [Fact]
    public void A_finished_report_has_its_files_with_its_record_and_another_owner_keeps_none()
    {
        var here = Machine("web1");
        var run = new ReportRun { Id = "20260302-1", TaskId = "t", TaskName = "t", DueAt = RunTime, Owner = "me" };
        run.Folder = here.Files.FolderOf(run.Id, run.Attempt);
        here.Files.Create(run.Folder);
        run.Files = [Path.Combine(run.Folder, "small.csv")];
        File.WriteAllText(run.Files[0], "a");
        here.AddRun(run);
        (run.Outcome, run.Owner) = (RunOutcome.Succeeded, "another");
        Assert.False(here.FinishRun(run));
        Assert.Equal("0", database.Scalar("select count(*) from run_file"));

        run.Owner = "me";
        Assert.True(here.FinishRun(run));
        Assert.Null(run.Owner);
        var there = Machine("web2");
        string Seen(RelationalStore store)
        {
            var runs = store.GetRuns(new RunFilter());
            store.Files.Locate(runs);
            return string.Join('|', [.. runs[0].Files, "", .. runs[0].FilesElsewhere]);
        }

        Assert.Equal($"{run.Files[0]}|", Seen(here));
        Assert.Equal("|small.csv: in the store", Seen(there));
        var theirs = Assert.Single(there.GetRuns(new RunFilter()));
        there.Files.Fetch(theirs);
        Assert.Equal($"{theirs.Files[0]}|", Seen(there));
        Assert.Equal("a", File.ReadAllText(theirs.Files[0]));
        Assert.StartsWith(Path.Combine(folder, "web2"), theirs.Files[0], StringComparison.Ordinal);
        there.GiveUpFiles([run.Id]);
        there.Files.Remove(run.Id);
        Assert.Equal("|small.csv: removed", Seen(there));
    }

    private static ReportRun Due(RelationalStore store)
    {
        using var worker = new RunWorker(store, store.Clock);
        return Assert.Single(worker.RunDue(_ => { }, CancellationToken.None));
    }

    private static DateTimeOffset RunTime => StorePlace.Noon;

    private RelationalStore Machine(string name) =>
        new(DatabaseAddress.Parse(database.Address), Directory.CreateDirectory(Path.Combine(folder, name)).FullName, StoreScope.User);
}
