using System.Diagnostics;
using ReportScheduler.Files;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.LiteDb;

public sealed class StoreFileTests : StoreFolderFixture
{
    [Fact]
    public void The_file_and_its_folders_are_made_by_the_first_use_for_their_owner_only()
    {
        var path = Path.Combine(Folder, "a", "b", "my.reports");
        var store = StoreFile.Open(path, StoreScope.User);
        Assert.Equal((path, Path.Combine(Folder, "a", "b", "runs")), (store.Address, store.Files.Folder));
        Assert.False(Directory.Exists(Path.Combine(Folder, "a")));
        Assert.Equal(0, store.DefinitionVersion);
        Assert.Empty(store.GetTasks());
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        store.Secrets.Protect("x");
        Assert.True(File.Exists(path));
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        foreach (var folder in new[] { Path.GetDirectoryName(path)!, Path.Combine(Folder, "a", "b", "keys") })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public void The_folder_of_a_path_that_exists_keeps_its_rights_and_the_files_are_private_all_the_same()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead
            | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(Folder, open);
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        Assert.Equal(open, File.GetUnixFileMode(Folder));
        foreach (var file in Directory.GetFiles(Folder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData("not a database at all")]
    [InlineData("")]
    public void A_file_that_is_not_a_store_is_refused_and_left_as_it_is(string content)
    {
        // a store that had definitions and is empty now was damaged; only a new path may start empty
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        File.WriteAllText(StorePath, content);
        Expect("StoreNotReadable", ReportErrorCategory.InvalidData, "Restore-ReportStore");
        Assert.Equal(content, File.ReadAllText(StorePath));
    }

    [Fact]
    public void A_damaged_store_is_refused_and_left_as_it_is()
    {
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        var bytes = File.ReadAllBytes(StorePath);
        var kept = bytes.AsSpan(0, 8192).ToArray();
        foreach (var damage in new[] { kept, [.. kept, .. new byte[bytes.Length - 8192]], [.. kept.Reverse(), .. bytes.AsSpan(8192)] })
        {
            File.WriteAllBytes(StorePath, damage);
            Expect("StoreNotReadable", ReportErrorCategory.InvalidData, "left as it is");
            var after = File.ReadAllBytes(StorePath);
            // LiteDB marks a file in which it met something wrong in this byte of the header
            after[191] = damage[191];
            Assert.Equal(damage, after);
        }
    }

    [Theory]
    // text that is no UTF-8
    [InlineData("damaged", 0xFF)]
    // the kind of a value, before its name: one that does not exist
    [InlineData("\u0002Query\0", 0x77)]
    public void Damage_that_LiteDB_does_not_foresee_is_the_same_error(string where, byte with)
    {
        NewStore().PutTask(new ReportTask { Id = "1", Name = "damaged", Query = "select 1" }, PutMode.Add, null);
        var bytes = File.ReadAllBytes(StorePath);
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(where));
        for (; at >= 0; at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(where)))
        {
            bytes[at] = with;
        }

        File.WriteAllBytes(StorePath, bytes);
        Assert.Equal("StoreNotReadable", Assert.Throws<ReportException>(() => NewStore().GetTasks()).ErrorId);
    }

    [Fact]
    public void Random_damage_is_told_as_damage_or_does_no_harm()
    {
        var store = NewStore();
        for (var i = 0; i < 20; i++)
        {
            store.PutTask(new ReportTask { Id = $"{i}", Name = $"task {i}", Query = new string('q', 300 * i) }, PutMode.Add,
                DateTimeOffset.UnixEpoch.AddDays(i));
            store.AddRun(new ReportRun { Id = $"run {i}", TaskId = $"{i}", DueAt = DateTimeOffset.UnixEpoch.AddDays(i), Owner = "me",
                HeartbeatAt = DateTimeOffset.UnixEpoch });
        }

        var whole = File.ReadAllBytes(StorePath);
        var random = new Random(77);
        for (var copy = 0; copy < 40; copy++)
        {
            var damaged = (byte[])whole.Clone();
            for (var spot = 0; spot < 4; spot++)
            {
                random.NextBytes(damaged.AsSpan(random.Next(8192, damaged.Length - 64), random.Next(1, 64)));
            }

            File.WriteAllBytes(StorePath, damaged);
            foreach (var use in new Action<IReportStore>[]
            {
                damage => damage.GetTasks(),
                damage => damage.GetRuns(new RunFilter()),
                damage => damage.GetEarliestDue(),
                damage => damage.PlanDue(10, found => [.. found.Select(due => new TaskPlan(due, new DuePlan([], [], null)))]),
                damage => damage.TakeRuns(new TakeOrder("me", 10, [])),
                damage => damage.TakeOver("other", new AbandonedRuns(damage.GetOwners(), [])),
                damage => damage.PutTask(new ReportTask { Id = "new", Name = "new" }, PutMode.Replace, null),
            })
            {
                if (Record.Exception(() => use(NewStore())) is { } problem)
                {
                    Assert.True(problem is ReportException { ErrorId: "StoreNotReadable" }, problem.ToString());
                }
            }
        }
    }

    [Fact]
    public void A_bug_within_a_transaction_is_not_taken_for_damage_and_changes_nothing()
    {
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, DateTimeOffset.UnixEpoch);
        var problem = Assert.Throws<ReportException>(() => NewStore().PlanDue(1, due => [new TaskPlan(due[0], null!)]));
        Assert.Equal(("StoreUnexpected", ReportErrorCategory.InvalidOperation, StorePath),
            (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains("nothing was changed: NullReferenceException", problem.Message, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.UnixEpoch, NewStore().GetEarliestDue());
    }

    [Fact]
    public void A_definition_that_is_too_large_for_a_file_is_not_taken_for_damage()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "t", Name = "t" }, PutMode.Add, null);
        var large = new ReportTask { Id = "large", Name = "large", Query = new string('x', 17 << 20) };
        Assert.Equal("StoreValueTooLarge", Assert.Throws<ReportException>(() => store.PutTask(large, PutMode.Add, null)).ErrorId);
        Assert.Equal("t", Assert.Single(store.GetTasks()).Name);
    }

    [Fact]
    public void A_LiteDB_file_of_something_else_is_refused()
    {
        using (var other = new LiteDB.LiteDatabase(StorePath))
        {
            other.GetCollection("customers").Insert(new LiteDB.BsonDocument { ["x"] = 1 });
        }

        Expect("StoreNotReadable", ReportErrorCategory.InvalidData, StorePath);
    }

    [Fact]
    public void A_store_of_a_newer_version_is_refused_with_words()
    {
        NewStore().GetTasks();
        StoreEditor.Edit(StorePath, "meta", "schema", document => document["Version"] = 99);
        Expect("StoreTooNew", ReportErrorCategory.InvalidData, "99");
    }

    [Fact]
    public void What_is_empty_takes_no_room_and_what_was_emptied_stays_empty()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a", Enabled = false, Retry = 0, Datasets = [new() { Query = "" }] },
            PutMode.Add, null);
        store.AddRun(new ReportRun { Id = "r", TaskId = "1", Outcome = RunOutcome.Succeeded, Attempt = 0 });
        var (task, run) = (store.FindTask("1")!, store.GetRuns(new RunFilter())[0]);
        // these are not empty in a new record
        Assert.Equal((false, 0, 0), (task.Enabled, task.Retry, run.Attempt));
        Assert.Equal(("", 1), (task.Datasets[0].Query, task.Datasets.Length));
        Assert.Equal(([], 0L), (run.Files, run.Rows));
        using var database = new LiteDB.LiteDatabase(StorePath);
        var kept = database.GetCollection("runs").FindById("r");
        Assert.Equal([], kept.Keys.Intersect(["Files", "Rows", "Warnings", "IsRecovery", "OpenKey", "WaitAt", "Owner"]));
        Assert.Equal(0, kept["Attempt"].AsInt32);
    }

    [Fact]
    public void A_store_of_the_first_version_is_brought_up_when_it_is_opened()
    {
        var noon = new DateTimeOffset(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "a", Name = "later" }, PutMode.Add, noon.AddHours(1));
        store.PutTask(new ReportTask { Id = "b", Name = "earlier" }, PutMode.Add, noon);
        store.PutTask(new ReportTask { Id = "c", Name = "disabled", Enabled = false }, PutMode.Add, null);
        ReportRun Run(string id, double hours) =>
            new() { Id = id, TaskId = id, Trigger = RunTrigger.Http, DueAt = noon.AddHours(hours) };
        store.AddRun(Run("1 later", 2));
        store.AddRun(Run("2 earlier", 1));
        var (owned, over) = (Run("3 owned", 0), Run("4 over", 0));
        (owned.Owner, over.Outcome) = ("other", RunOutcome.Succeeded);
        store.AddRun(owned);
        store.AddRun(over);
        AsFirstVersion();

        var now = NewStore();
        Assert.Equal(noon, now.GetEarliestDue());
        now.PlanDue(10, due =>
        {
            Assert.Equal(["b", "a"], due.Select(task => task.TaskId));
            return [];
        });
        Assert.Equal(2, now.CountWaiting());
        Assert.Equal(["other"], now.GetOwners());
        Assert.Equal(["2 earlier"], now.TakeRuns(new TakeOrder("me", 1, [])).Runs.Select(run => run.Id));
        Assert.Equal(4, now.GetRuns(new RunFilter()).Count);
        using var database = new LiteDB.LiteDatabase(StorePath);
        Assert.Equal(2, database.GetCollection("meta").FindById("schema")["Version"].AsInt32);
        // no entry for a run that is over, or a task that waits for nothing
        foreach (var (field, keys) in new[] { ("WakeAt", 2), ("OpenKey", 3), ("WaitAt", 1), ("Owner", 2) })
        {
            var index = database.GetCollection("$indexes").FindAll().Single(one => one["name"] == field);
            Assert.Equal((keys, $"FILTER(ITEMS($.{field})=>@!=null)"), (Entries(database, field), index["expression"].AsString));
        }
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(StorePath);
        Expect("StoreUnreachable", ReportErrorCategory.ResourceUnavailable, StorePath);
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_refused()
    {
        var file = Path.Combine(Folder, "file");
        File.WriteAllText(file, "");
        var problem = Assert.Throws<ReportException>(() => StoreFile.Open(Path.Combine(file, "reports.db"), StoreScope.User).GetTasks());
        Assert.Equal("StoreUnreachable", problem.ErrorId);
    }

    [Fact]
    public void A_store_that_another_process_holds_is_busy_after_a_bounded_wait()
    {
        NewStore().GetTasks();
        using var holder = new FileStream(StorePath + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var waited = Stopwatch.StartNew();
        var problem = Assert.Throws<ReportException>(() => StoreLock.Take(StorePath, TimeSpan.FromMilliseconds(200)));
        Assert.Equal(("StoreBusy", ReportErrorCategory.ResourceBusy, StorePath, true),
            (problem.ErrorId, problem.Category, problem.ErrorTarget, problem.IsTransient));
        Assert.InRange(waited.Elapsed.TotalSeconds, 0.19, 5);
    }

    [Fact]
    public void A_store_that_this_account_may_not_write_says_so()
    {
        NewStore().GetTasks();
        File.SetAttributes(StorePath, FileAttributes.ReadOnly);
        OtherUser.Try(Folder, () => Expect("StoreDenied", ReportErrorCategory.PermissionDenied, "account"));
    }

    [Fact]
    public void A_full_or_read_only_disk_says_so_and_loses_nothing()
    {
        var disk = Path.Combine(Folder, "disk");
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk) != 0)
        {
            Assert.Skip("Mounting a small tmpfs takes root on Linux.");
        }

        try
        {
            var path = Path.Combine(disk, "reports.db");
            var store = StoreFile.Open(path, StoreScope.User);
            store.PutTask(new ReportTask { Id = "0", Name = "first" }, PutMode.Add, null);
            var problem = Assert.Throws<ReportException>(() =>
            {
                for (var i = 1; i < 100; i++)
                {
                    store.PutTask(new ReportTask { Id = $"{i}", Name = $"t{i}", Query = new string('x', 100_000) }, PutMode.Add, null);
                }
            });
            Assert.Equal(("StoreDiskFull", ReportErrorCategory.ResourceUnavailable, path),
                (problem.ErrorId, problem.Category, problem.ErrorTarget));
            var kept = store.GetTasks().Count;
            Assert.InRange(kept, 2, 61);

            Assert.Equal(0, Run("mount", "-o", "remount,size=64m", disk));
            store.PutTask(new ReportTask { Id = "more", Name = "more" }, PutMode.Add, null);
            Assert.Equal(kept + 1, store.GetTasks().Count);

            Assert.Equal(0, Run("mount", "-o", "remount,ro", disk));
            problem = Assert.Throws<ReportException>(() => store.GetTasks());
            Assert.Equal(("StoreReadOnly", ReportErrorCategory.WriteError, path), (problem.ErrorId, problem.Category, problem.ErrorTarget));
        }
        finally
        {
            Run("umount", "-l", disk);
        }
    }

    [Fact]
    public void A_copy_is_a_whole_store()
    {
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        var copy = Path.Combine(Folder, "copy.db");
        NewStore().CopyTo(copy);
        Assert.Single(StoreFile.Open(copy, StoreScope.User).GetTasks());
    }

    // every document has every field and is in every index
    private void AsFirstVersion()
    {
        using var database = new LiteDB.LiteDatabase(StorePath);
        foreach (var (name, fields) in new[] { ("taskStates", new[] { "WakeAt" }), ("runs", ["OpenKey", "WaitAt", "Owner"]) })
        {
            var collection = database.GetCollection(name);
            foreach (var field in fields)
            {
                collection.DropIndex(field);
                collection.EnsureIndex(field);
            }

            foreach (var document in collection.FindAll().ToList())
            {
                foreach (var field in fields)
                {
                    document[field] = document[field];
                }

                collection.Update(document);
            }
        }

        database.GetCollection("meta").Update(new LiteDB.BsonDocument { ["_id"] = "schema", ["Version"] = 1 });
    }

    private static int Entries(LiteDB.LiteDatabase database, string field) =>
        database.GetCollection(field == "WakeAt" ? "taskStates" : "runs").Count($"FILTER(ITEMS($.{field})=>@!=null) ANY != null");

    private void Expect(string id, ReportErrorCategory category, string words)
    {
        foreach (var use in new Action<IReportStore>[]
        {
            store => store.GetTasks(),
            store => store.PutTask(new ReportTask { Id = "2", Name = "b" }, PutMode.Add, null),
            store => store.GetRuns(new RunFilter()),
            store => store.CopyTo(StorePath + ".copy"),
        })
        {
            var problem = Assert.Throws<ReportException>(() => use(NewStore()));
            Assert.Equal((id, category, StorePath), (problem.ErrorId, problem.Category, problem.ErrorTarget));
            Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
