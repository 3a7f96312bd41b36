using ReportScheduler.Runs;
using ReportScheduler.Secrets;
using ReportScheduler.Store;
using ReportScheduler.Tests.Store;
using ReportScheduler.Tests.Store.LiteDb;

namespace ReportScheduler.Tests.Attacks;

/// <summary>What a store or a backup names outside its own folder is neither read nor removed; what others may use is not used.</summary>
public sealed class ForeignFolderTests : StoreFolderFixture
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private string Foreign => Directory.CreateDirectory(Path.Combine(Folder, "foreign")).FullName;

    [Theory]
    [InlineData("foreign")]
    [InlineData("foreign/r")]
    [InlineData("foreign/r.2")]
    [InlineData("")]
    public void A_folder_that_a_record_names_is_not_removed(string recorded)
    {
        var kept = Path.Combine(Directory.CreateDirectory(Path.Combine(Foreign, "r")).FullName, "kept");
        File.WriteAllText(kept, "");
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "t", Name = "t", KeepRuns = 0 }, PutMode.Add, null);
        store.AddRun(new ReportRun { Id = "r", TaskId = "t", DueAt = Noon, Outcome = RunOutcome.Succeeded,
            Folder = Path.Combine(Folder, recorded) });
        new Retention(store, TimeProvider.System, _ => { }).Prune("t");
        Assert.Empty(store.GetRuns(new RunFilter()));
        Assert.True(File.Exists(kept));
    }

    [Theory]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData(@"C:\Windows\win.ini", "win.ini")]
    [InlineData("../../secret", "secret")]
    [InlineData("x/..", "missing")]
    public void A_message_and_a_file_are_those_of_the_runs_own_folder(string recorded, string name)
    {
        var store = NewStore();
        var delivery = new ReportDelivery { Id = "d", RunId = "r", MessagePath = recorded, Files = [recorded] };
        store.AddRun(new ReportRun { Id = "r", TaskId = "t", DueAt = Noon, Folder = "/somewhere/runs/r.3",
            Files = ["/somewhere/runs/r.3/a.csv", "/out/b.csv"], Deliveries = [delivery] });
        var run = Assert.Single(store.GetRuns(new RunFilter()));
        var own = Path.Combine(store.Files.Folder, "r.3");
        Assert.Equal((own, Path.Combine(own, name)), (run.Folder, run.Deliveries[0].MessagePath));
        Assert.Equal([Path.Combine(own, name)], run.Deliveries[0].Files);
        Assert.Equal([Path.Combine(own, "a.csv"), "/out/b.csv"], run.Files);
    }

    [Theory]
    [InlineData("../foreign")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("")]
    public void A_run_whose_id_leads_elsewhere_is_shown_as_unreadable_and_can_be_removed(string id)
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "t", Name = "t" }, PutMode.Add, null);
        store.AddRun(new ReportRun { Id = "good", TaskId = "t", DueAt = Noon });
        StoreEditor.Edit(StorePath, "runs", "good", document => document["TaskName"] = "t");
        using (var database = new LiteDB.LiteDatabase(StorePath))
        {
            var runs = database.GetCollection("runs");
            var document = runs.FindById("good");
            (document["_id"], document["OnceKey"]) = (id, "other");
            runs.Insert(document);
        }

        var bad = Assert.Single(store.GetRuns(new RunFilter()), run => run.ErrorId == "RunNotReadable");
        Assert.Equal((id, RunOutcome.Failed, "t"), (bad.Id, bad.Outcome, bad.TaskName));
        Assert.Single(store.TakeRuns(new TakeOrder("next", 10, [])).Runs);
        Assert.Null(store.Files.Remove(id));
        Assert.Equal(1, store.RemoveRuns([id]));
    }

    [Fact]
    public void A_run_record_that_cannot_be_read_is_shown_as_one()
    {
        NewStore().AddRun(new ReportRun { Id = "r", TaskId = "t", TaskName = "Daily", DueAt = Noon });
        StoreEditor.Edit(StorePath, "runs", "r", document => document["Outcome"] = "Nonsense");
        var run = Assert.Single(NewStore().GetRuns(new RunFilter { TaskId = "t" }));
        Assert.Equal(("r", "Daily", Noon, "RunNotReadable"), (run.Id, run.TaskName, run.DueAt, run.ErrorId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_has_32_bytes_or_is_an_error(int length)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "on Windows the key file is protected by DPAPI");
        NewStore().Secrets.Protect("x");
        File.WriteAllBytes(SecretKey.PathFor(StorePath), new byte[length]);
        Assert.Equal("SecretKeyDamaged", Assert.Throws<ReportException>(() => NewStore().Secrets.Protect("y")).ErrorId);
    }

    [Theory]
    [InlineData("keys", UnixFileMode.GroupRead)]
    [InlineData("keys", UnixFileMode.OtherWrite)]
    [InlineData("keys/reports.db.key", UnixFileMode.OtherRead)]
    [InlineData("runs", UnixFileMode.OtherWrite)]
    [InlineData("runners", UnixFileMode.GroupWrite)]
    public void What_others_may_use_is_not_used(string path, UnixFileMode open)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix modes");
            return;
        }

        var store = NewStore();
        Action[] uses =
        [
            () => store.Secrets.Protect("x"),
            () => store.Files.Create(Path.Combine(store.Files.Folder, "r")),
            () => store.Runners.Write(new ReportSchedulerInfo { Id = "1", Owner = "me" }),
            () => store.Runners.List(),
        ];
        Array.ForEach(uses, use => use());
        var full = Path.Combine(Folder, path);
        File.SetUnixFileMode(full, File.GetUnixFileMode(full) | open);
        var problems = uses.Select(Record.Exception).OfType<ReportException>().ToList();
        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.Equal(("NotPrivate", full), (problem.ErrorId, problem.ErrorTarget)));
    }
}
