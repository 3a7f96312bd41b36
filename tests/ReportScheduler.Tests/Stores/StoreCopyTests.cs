using ReportScheduler.Secrets;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;
using ReportScheduler.Tests.Store;
using ReportScheduler.Tests.Store.LiteDb;
using ReportScheduler.Tests.Store.MariaDb;
using ReportScheduler.Tests.Store.PostgreSql;
using ReportScheduler.Tests.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Stores;

public sealed class StoreCopyTests : IDisposable
{
    private static readonly DateTimeOffset Noon = StorePlace.Noon;

    private readonly LiteStorePlace file = new();
    private readonly PostgreSqlStorePlace database = new();
    private readonly MariaDbStorePlace other = new();
    private readonly LiteStorePlace back = new();

    public void Dispose()
    {
        file.Dispose();
        database.Dispose();
        other.Dispose();
        back.Dispose();
    }

    // together all pairs
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_store_moves_into_databases_and_back_with_everything_that_it_has(bool isMariaDbFirst)
    {
        var from = Filled(file.Open());
        foreach (var place in isMariaDbFirst ? (StorePlace[])[other, database, back] : [database, other, back])
        {
            var to = place.Open();
            Assert.Equal((2, 302), new StoreCopy(from, to).Copy());
            Assert.Equal(from.GetTasks().SelectMany(task => SampleModel.Describe(task, nameof(ReportTask.Revision))),
                to.GetTasks().SelectMany(task => SampleModel.Describe(task, nameof(ReportTask.Revision))));
            Assert.Equal(from.GetStates().OrderBy(state => state.TaskId).SelectMany(state => SampleModel.Describe(state)),
                to.GetStates().OrderBy(state => state.TaskId).SelectMany(state => SampleModel.Describe(state)));
            Assert.Equal("s3cret", to.Secrets.Unprotect(to.Connections.Find("shop")!.ProtectedPassword!));
            Assert.Equal("s3al", to.Secrets.Unprotect(to.MailServers.Find("post")!.ProtectedCertificatePassword!));
            Assert.Equal(Ids(from), Ids(to));
            var waiting = Assert.Single(to.GetRuns(new RunFilter { RunId = "waiting" }));
            Assert.Equal("the message", File.ReadAllText(Assert.Single(waiting.Deliveries).MessagePath!));
            // another machine has it too
            Directory.Delete(waiting.Folder!, recursive: true);
            to.Files.Fetch(waiting);
            Assert.Equal(place is RelationalStorePlace, File.Exists(waiting.Deliveries[0].MessagePath));
            to.Files.Create(waiting.Folder!);
            File.WriteAllText(waiting.Deliveries[0].MessagePath!, "the message");
            // what the next run compares with
            var result = Path.Combine(waiting.Folder!, "result");
            Assert.True(to.Files.FetchResult("d", "r000", result));
            Assert.Equal("rows", File.ReadAllText(result));
            // a due time that ran stays over
            Assert.Empty(to.PlanDue(10, due => [new TaskPlan(Assert.Single(due), new DuePlan([Noon.AddDays(-1)], [], Noon))]).Runs);
            // the old one is read and not changed
            var moved = Assert.Throws<ReportException>(() => from.PutTask(new ReportTask { Id = "new", Name = "new" }, PutMode.Add, null));
            Assert.Equal("StoreMoved", moved.ErrorId);
            Assert.Contains(to.Address, moved.Message, StringComparison.Ordinal);
            Assert.Equal("StoreMoved", Assert.Throws<ReportException>(() => from.TakeRuns(new TakeOrder("old runner", 1, []))).ErrorId);
            from = to;
        }
    }

    [Fact]
    public void A_move_that_was_cut_off_is_finished_by_the_next_one_and_two_at_once_do_no_harm()
    {
        var from = Filled(file.Open());
        var pages = 0;
        var broken = BrokenStore.Of(database.Open(), (method, _) => method == nameof(IReportStore.ImportRuns) && ++pages == 2);
        Assert.Throws<InvalidOperationException>(() => new StoreCopy(from, broken).Copy());
        var problems = new[] { 1, 2 }.AsParallel()
            .Select(_ => Record.Exception(() => Assert.Equal((2, 302), new StoreCopy(file.Open(), database.Open()).Copy())))
            .OfType<Exception>().ToList();
        // one that comes when the other is done finds a store in use
        Assert.All(problems, problem => Assert.Equal("StoreNotEmpty", Assert.IsType<ReportException>(problem).ErrorId));
        Assert.True(problems.Count < 2);
        Assert.Equal(Ids(from), Ids(database.Open()));
        Assert.Equal("StoreNotEmpty", Assert.Throws<ReportException>(() => new StoreCopy(file.Open(), database.Open()).Copy()).ErrorId);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("PostgreSQL")]
    [InlineData("MariaDB")]
    public void A_copy_that_another_one_overtakes_changes_nothing_any_more(string kind)
    {
        Filled(file.Open());
        StorePlace place = kind switch { "PostgreSQL" => database, "MariaDB" => other, _ => back };
        // somebody works with the new store already
        Overtaken(nameof(IReportStore.ImportRuns), place, new StoreCopy(file.Open(), place.Open()), "StoreNotEmpty");
    }

    [Theory]
    [InlineData("file")]
    [InlineData("PostgreSQL")]
    [InlineData("MariaDB")]
    public void Of_two_stores_that_are_copied_into_one_at_once_one_is(string kind)
    {
        StorePlace place = kind switch { "PostgreSQL" => database, "MariaDB" => other, _ => back };
        using var second = new LiteStorePlace();
        Filled(file.Open());
        Filled(second.Open());
        Overtaken(nameof(IReportStore.SetMark), place, new StoreCopy(second.Open(), place.Open()), "StoreNotEmpty");
        using var third = new LiteStorePlace();
        third.Open().SetMark(StoreMark.CopiedFrom, "elsewhere");
        Assert.Equal("StoreUnfinished", Assert.Throws<ReportException>(() => third.Open().SetMark(StoreMark.CopiedFrom, "here")).ErrorId);
        Assert.Equal("elsewhere", third.Open().GetMark(StoreMark.CopiedFrom));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("PostgreSQL")]
    [InlineData("MariaDB")]
    public void A_store_keeps_the_id_that_its_first_report_gave_it_wherever_it_is_moved(string kind)
    {
        StorePlace place = kind switch { "PostgreSQL" => database, "MariaDB" => other, _ => back };
        var id = StoreIds.Of(Filled(file.Open()));
        Assert.False(file.Open().SetMark(StoreMark.Id, "a later one"));
        new StoreCopy(file.Open(), place.Open()).Copy();
        Assert.False(place.Open().SetMark(StoreMark.Id, "a later one"));
        Assert.Equal((id, id), (StoreIds.Of(place.Open()), StoreIds.Of(file.Open())));
    }

    /// <summary>Before a step of a copy another one is whole, and somebody works with the new store.</summary>
    private void Overtaken(string step, StorePlace place, StoreCopy quick, string error)
    {
        var isOvertaken = false;
        var slow = BrokenStore.Of(place.Open(), (method, _) =>
        {
            if (method == step && !isOvertaken)
            {
                isOvertaken = true;
                quick.Copy();
                place.Open().PutTask(new ReportTask { Id = "d", Name = "renamed" }, PutMode.Replace, Noon);
            }

            return false;
        });
        Assert.Equal(error, Assert.Throws<ReportException>(() => new StoreCopy(file.Open(), slow).Copy()).ErrorId);
        Assert.Equal("renamed", place.Open().FindTask("d")!.Name);
        Assert.Equal(302, place.Open().CountRuns());
        Assert.Null(place.Open().GetMark(StoreMark.CopiedFrom));
        place.Open().RemoveTask("d");
    }

    [Theory]
    [InlineData("file")]
    [InlineData("PostgreSQL")]
    [InlineData("MariaDB")]
    public void A_store_that_is_half_filled_takes_no_changes_and_makes_no_reports_until_the_copy_is_whole(string kind)
    {
        var from = Filled(file.Open());
        StorePlace place = kind switch { "PostgreSQL" => database, "MariaDB" => other, _ => back };
        // one that looked at the store while it was empty
        var early = place.Open();
        Assert.Empty(early.GetTasks());
        var pages = 0;
        var broken = BrokenStore.Of(place.Open(), (method, _) => method == nameof(IReportStore.ImportRuns) && ++pages == 2);
        Assert.Throws<InvalidOperationException>(() => new StoreCopy(from, broken).Copy());

        foreach (var half in new[] { place.Open(), early })
        {
            Action[] changes =
            [
                () => half.PutTask(new ReportTask { Id = "x", Name = "x" }, PutMode.Add, null),
                () => half.RemoveTask("d"),
                () => half.Connections.Put(new ReportConnection { Name = "x" }, PutMode.Add),
                () => half.MailServers.Remove("post"),
                () => half.SetOption(new ReportSchedulerOption()),
                () => half.AddRun(new ReportRun { Id = "x", TaskId = "d", Trigger = RunTrigger.Manual, DueAt = Noon, Owner = "me" }),
                () => half.PlanDue(1, _ => []),
                () => half.TakeRuns(new TakeOrder("me", 1, [])),
                () => half.TakeDueDeliveries("me", 1),
                () => half.RemoveRuns(["r001"]),
            ];
            Assert.All(changes, change =>
            {
                var refused = Assert.Throws<ReportException>(change);
                Assert.Equal("StoreUnfinished", refused.ErrorId);
                Assert.Contains($"'{from.Address}'", refused.Message, StringComparison.Ordinal);
                Assert.Contains("run the same command again", refused.Message, StringComparison.Ordinal);
            });
        }

        var read = place.Open();
        Assert.Equal(2, read.GetTasks().Count);
        Assert.Equal(from.Address, read.FilledFrom);
        Assert.Contains(StoreChecks.Try(place.Open()), check => check is { Check: "Store", Success: false, ErrorId: "StoreUnfinished" });
        Assert.Contains("is being moved to", MovedMessage(from), StringComparison.Ordinal);

        Assert.Equal((2, 302), new StoreCopy(file.Open(), place.Open()).Copy());
        var whole = place.Open();
        Assert.All(StoreChecks.Try(whole).Where(check => check.Check is "Store" or "Write"), check => Assert.True(check.Success));
        Assert.Null(whole.FilledFrom);
        whole.PutTask(new ReportTask { Id = "x", Name = "x" }, PutMode.Add, null);
        Assert.Contains("was moved to", MovedMessage(from), StringComparison.Ordinal);
    }

    [Fact]
    public void What_something_else_has_written_into_the_new_store_is_told_with_a_way_out()
    {
        var from = Filled(file.Open());
        var to = database.Open();
        to.SetMark(StoreMark.CopiedFrom, from.Address);
        to.PutTask(new ReportTask { Id = "x", Name = "x" }, PutMode.Add, null);
        var differs = Assert.Throws<ReportException>(() => new StoreCopy(from, to).Copy());
        Assert.Equal("StoreCopyDiffers", differs.ErrorId);
        Assert.Contains("has 3 tasks and 302 runs", differs.Message, StringComparison.Ordinal);
        Assert.Contains("has 2 tasks and 302 runs", differs.Message, StringComparison.Ordinal);
        Assert.Contains("Empty the new one", differs.Message, StringComparison.Ordinal);
        // as it says
        to.RemoveTask("x");
        Assert.Equal((2, 302), new StoreCopy(file.Open(), database.Open()).Copy());
    }

    private static string MovedMessage(IReportStore from)
    {
        var moved = Assert.Throws<ReportException>(() => from.PutTask(new ReportTask { Id = "new", Name = "new" }, PutMode.Add, null));
        Assert.Equal("StoreMoved", moved.ErrorId);
        return moved.Message;
    }

    [Fact]
    public void The_way_back_into_a_store_that_was_moved_away_is_told()
    {
        new StoreCopy(Filled(file.Open()), database.Open()).Copy();
        var problem = Assert.Throws<ReportException>(() => new StoreCopy(database.Open(), file.Open()).Copy());
        Assert.Equal("StoreNotEmpty", problem.ErrorId);
        Assert.Contains($"It was moved to '{database.Open().Address}'.", problem.Message, StringComparison.Ordinal);
    }

    // a process of the built module, killed when so many runs are in the new store
    [Theory]
    [InlineData(false, new[] { 0, 250 })]
    [InlineData(true, new[] { 1, 450 })]
    public void A_move_whose_process_is_killed_is_finished_by_the_next_one(bool isDatabase, int[] moments)
    {
        var from = Filled(file.Open());
        // so many that the process is not done before it is killed, on a slow machine either
        from.ImportRuns([.. Enumerable.Range(0, 9000).Select(i => new ReportRun { Id = $"s{i:0000}", TaskId = "d",
            Trigger = RunTrigger.Schedule, DueAt = Noon.AddDays(-1000 - i), Outcome = RunOutcome.Succeeded })]);
        using var server = new PostgreSqlStoreDatabase();
        var folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
        try
        {
            var address = isDatabase ? server.Address : Path.Combine(folder, "moved", "reports.db");
            if (isDatabase)
            {
                Assert.Equal(0, HostProcess.Run(folder, "-Command", $"$null = New-ReportStore '{address}'").ExitCode);
            }

            var to = ReportStores.Open(address, StoreScope.User);
            foreach (var moment in moments)
            {
                using var process = HostProcess.Start(folder, new Dictionary<string, string>(), "-Command", Move(address));
                SpinWait.SpinUntil(() => process.HasExited
                    || (from.GetMark(StoreMark.MovedTo) is not null && to.CountRuns() >= moment),
                    TimeSpan.FromMinutes(3));
                Assert.False(process.HasExited, "It was done before it was killed.");
                process.Kill();
                process.WaitForExit();
                // nobody takes what is there for the whole
                Assert.Equal(from.Address, to.GetMark(StoreMark.CopiedFrom));
            }

            var last = HostProcess.Run(folder, "-Command", Move(address));
            Assert.Equal((0, ""), (last.ExitCode, last.Error));
            Assert.Null(to.GetMark(StoreMark.CopiedFrom));
            Assert.Equal(Ids(from), Ids(to));
            Assert.Equal(from.GetTasks().SelectMany(task => SampleModel.Describe(task, nameof(ReportTask.Revision))),
                to.GetTasks().SelectMany(task => SampleModel.Describe(task, nameof(ReportTask.Revision))));
            Assert.Equal(from.GetStates().OrderBy(state => state.TaskId).SelectMany(state => SampleModel.Describe(state)),
                to.GetStates().OrderBy(state => state.TaskId).SelectMany(state => SampleModel.Describe(state)));
            var waiting = Assert.Single(to.GetRuns(new RunFilter { RunId = "waiting" }));
            to.Files.Fetch(waiting);
            Assert.Equal("the message", File.ReadAllText(Assert.Single(waiting.Deliveries).MessagePath!));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string Move(string address) => $"$ErrorActionPreference = 'Stop'; Copy-ReportStore '{from.Address}' '{address}' | Out-Null";
    }

    [Fact]
    public void A_move_says_how_many_reports_have_files_that_stay_where_they_are()
    {
        var from = Filled(file.Open());
        foreach (var (id, text) in new[] { ("r001", "old.csv"), ("r002", null) })
        {
            var run = new ReportRun { Id = $"{id}-files", TaskId = "d", Trigger = RunTrigger.Manual, DueAt = Noon, StartedAt = Noon,
                Outcome = RunOutcome.Succeeded, Folder = from.Files.FolderOf($"{id}-files", 1) };
            from.Files.Create(run.Folder);
            if (text is not null)
            {
                File.WriteAllText(Path.Combine(run.Folder, text), "1");
            }

            from.AddRun(run);
        }

        var copy = new StoreCopy(from, back.Open());
        Assert.Equal((2, 304), copy.Copy());
        Assert.Equal(1, copy.RunsWithoutFiles);
    }

    [Fact]
    public void A_store_that_runners_use_or_one_that_is_not_empty_stays_as_it_is()
    {
        var from = Filled(file.Open());
        from.Runners.Write(new ReportSchedulerInfo { Id = "1", Owner = RunOwner.Create(), SeenAt = Noon });
        Assert.Equal("StoreInUse", Assert.Throws<ReportException>(() => new StoreCopy(from, database.Open()).Copy()).ErrorId);
        from.Runners.Remove("1");
        database.Open().PutTask(new ReportTask { Id = "1", Name = "theirs" }, PutMode.Add, null);
        Assert.Equal("StoreNotEmpty", Assert.Throws<ReportException>(() => new StoreCopy(from, database.Open()).Copy()).ErrorId);
        other.Open().Keys.Put(new ReportSchedulerKey { Name = "ci" }, PutMode.Add);
        Assert.Equal("StoreNotEmpty", Assert.Throws<ReportException>(() => new StoreCopy(from, other.Open()).Copy()).ErrorId);
        from.PutTask(new ReportTask { Id = "new", Name = "new" }, PutMode.Add, null);
        Assert.Equal("theirs", Assert.Single(database.Open().GetTasks()).Name);
    }

    [Fact]
    public void A_store_is_not_moved_to_itself_whatever_its_names_are()
    {
        var isWindows = OperatingSystem.IsWindows();
        foreach (var isEmpty in new[] { true, false })
        {
            var from = isEmpty ? file.Open() : Filled(file.Open());
            var link = Path.Combine(Path.GetDirectoryName(from.Address)!, "link.db");
            if (!isWindows && isEmpty)
            {
                from.SetOption(new ReportSchedulerOption());
                File.CreateSymbolicLink(link, from.Address);
            }

            foreach (var to in new[] { file.Open(), isWindows ? file.Open() : ReportStores.Open(link, StoreScope.User) })
            {
                Assert.Equal("StoreIsSame", Assert.Throws<ReportException>(() => new StoreCopy(from, to).Copy()).ErrorId);
            }

            from.PutTask(new ReportTask { Id = "after", Name = "after" }, PutMode.Replace, null);
            from.RemoveTask("after");
        }

        var shared = database.Open();
        var again = ReportStores.Open($"{shared.Address.Replace("@127.0.0.1", "@localhost", StringComparison.Ordinal)}", StoreScope.User);
        Assert.NotEqual(shared.Address, again.Address);
        // the same for whoever signs in
        var other = ReportStores.Open(shared.Address.Replace("postgresql://", "postgres://", StringComparison.Ordinal), StoreScope.User);
        foreach (var to in new[] { again, other })
        {
            Assert.Equal("StoreIsSame", Assert.Throws<ReportException>(() => new StoreCopy(shared, to).Copy()).ErrorId);
            Assert.Null(shared.GetMark(StoreMark.MovedTo));
            Assert.Null(shared.GetMark(StoreMark.CopiedFrom));
            shared.PutTask(new ReportTask { Id = "after", Name = "after" }, PutMode.Replace, null);
            shared.RemoveTask("after");
        }
    }

    // each of two stores would send all that waits, and all that is due
    [Fact]
    public void A_store_moves_to_one_place_however_many_are_tried_one_after_the_other_or_at_once()
    {
        var places = new StorePlace[] { database, other, back };
        Filled(file.Open());
        var problems = places.AsParallel().WithDegreeOfParallelism(places.Length)
            .Select(place => Record.Exception(() => new StoreCopy(file.Open(), place.Open()).Copy())).OfType<ReportException>().ToList();
        Assert.Equal(["StoreMoved", "StoreMoved"], problems.Select(problem => problem.ErrorId));
        var moved = file.Open().GetMark(StoreMark.MovedTo);
        var there = places.Where(place => place.Open().Address == moved);
        var elsewhere = places.Except(there);
        Assert.Equal(302, Assert.Single(there).Open().GetRuns(new RunFilter()).Count);
        Assert.All(elsewhere, place =>
        {
            Assert.Empty(place.Open().GetTasks());
            Assert.Null(place.Open().GetMark(StoreMark.CopiedFrom));
            Assert.Equal("StoreMoved", Assert.Throws<ReportException>(() => new StoreCopy(file.Open(), place.Open()).Copy()).ErrorId);
        });
        // what was moved can be moved on from where it is
        new StoreCopy(there.Single().Open(), elsewhere.First().Open()).Copy();
        Assert.Equal(302, elsewhere.First().Open().GetRuns(new RunFilter()).Count);
    }

    [Theory]
    [InlineData(false, "StoreKeyMissing")]
    [InlineData(true, "SecretKeyMissing")]
    public void A_key_that_is_not_here_keeps_a_store_where_it_is_and_nothing_is_noted(bool isOfSource, string errorId)
    {
        Filled(file.Open());
        using var server = new PostgreSqlStoreDatabase();
        server.Make();
        if (isOfSource)
        {
            // the password of a certificate needs it too
            file.Open().Connections.Remove("shop");
            File.Delete(SecretKey.PathFor(file.Open().Address));
        }
        else
        {
            server.Execute("insert into meta (name, value) values ('key', '00000000')");
        }

        var (from, to) = (file.Open(), ReportStores.Open(server.Address, StoreScope.User));
        Assert.Equal(errorId, Assert.Throws<ReportException>(() => new StoreCopy(from, to).Check()).ErrorId);
        Assert.Equal(errorId, Assert.Throws<ReportException>(() => new StoreCopy(from, to).Copy()).ErrorId);
        Assert.Null(from.GetMark(StoreMark.MovedTo));
        Assert.Null(to.GetMark(StoreMark.CopiedFrom));
    }

    [Fact]
    public void Of_a_store_that_was_moved_only_the_first_check_says_so()
    {
        var from = Filled(file.Open());
        new StoreCopy(from, back.Open()).Copy();
        var checks = StoreChecks.Try(file.Open()).Where(check => !check.Success).ToList();
        Assert.Equal(["Store", "Write"], checks.Select(check => check.Check));
        Assert.All(checks.Skip(1), check => Assert.Equal("Not tried: the store was moved.", check.Message));
    }

    [Fact]
    public void A_report_that_is_being_made_keeps_its_store_where_it_is()
    {
        var from = Filled(file.Open());
        var run = new ReportRun { Id = "now", TaskId = "d", Trigger = RunTrigger.Manual, DueAt = Noon, Owner = RunOwner.Create() };
        from.AddRun(run);
        var used = Assert.Throws<ReportException>(() => new StoreCopy(from, database.Open()).Copy());
        Assert.Equal("StoreInUse", used.ErrorId);
        Assert.Contains("1 report of the store", used.Message, StringComparison.Ordinal);
        // nothing is noted on either
        Assert.Null(from.GetMark(StoreMark.MovedTo));
        Assert.Null(database.Open().GetMark(StoreMark.CopiedFrom));
        run.Outcome = RunOutcome.Succeeded;
        Assert.True(from.FinishRun(run));
        Assert.Equal((2, 303), new StoreCopy(from, database.Open()).Copy());
    }

    [Fact]
    public void A_copy_tells_how_far_it_is_and_finds_runs_wherever_they_are_sorted()
    {
        using var tables = new PostgreSqlStoreDatabase();
        tables.Make();
        var from = Filled(new RelationalStore(DatabaseAddress.Parse(tables.Address), Path.GetDirectoryName(file.Open().Address)! + "/local",
            StoreScope.User));
        var told = new List<(int, int)>();
        new ContentCopy(from, database.Open()) { OnRuns = (copied, all) => told.Add((copied, all)) }.Copy(text => text);
        Assert.Equal([(200, 302), (302, 302)], told);
        // by hand: as runs that begin meanwhile
        tables.Execute("update run set sort_at = sort_at + 864000000000000");
        Assert.Equal((2, 302), new StoreCopy(from, other.Open()).Copy());
    }

    [Fact]
    public void A_backup_of_a_database_is_that_of_a_file_and_either_is_restored_into_the_other()
    {
        var store = (RelationalStore)Filled(database.Open());
        // somebody is at work
        store.Runners.Write(new ReportSchedulerInfo { Id = "1", Owner = RunOwner.Create(), SeenAt = Noon });
        var backup = Path.Combine(Path.GetDirectoryName(file.Open().Address)!, "backup");
        DatabaseBackup.Write(store, backup, includeKeys: true);
        Assert.Equal(["reports.db", "reports.key", "results", "runs"],
            Directory.GetFileSystemEntries(backup).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("BackupExists", Assert.Throws<ReportException>(() => DatabaseBackup.Write(store, backup, false)).ErrorId);
        Assert.Null(store.GetMark(StoreMark.MovedTo));

        var restored = (RelationalStore)other.Open();
        DatabaseBackup.Restore(backup, restored);
        CheckRestored(store, restored);
        Assert.Equal("StoreNotEmpty", Assert.Throws<ReportException>(() => DatabaseBackup.Restore(backup, restored)).ErrorId);

        var path = back.Open().Address;
        StoreBackup.Restore(backup, path, StoreScope.User, Noon);
        CheckRestored(store, back.Open());
        var again = backup + "2";
        StoreBackup.Write(back.Open(), again, includeKeys: true);
        using var third = new PostgreSqlStorePlace();
        DatabaseBackup.Restore(again, (RelationalStore)third.Open());
        CheckRestored(store, third.Open());
    }

    [Fact]
    public void A_backup_that_was_cut_off_is_none_and_its_folder_is_free_again()
    {
        var folder = Path.GetDirectoryName(file.Open().Address)!;
        var backup = Path.Combine(folder, "backup");
        using var tables = new PostgreSqlStoreDatabase();
        tables.Make();
        var store = new RelationalStore(DatabaseAddress.Parse(tables.Address), Path.Combine(folder, "local"), StoreScope.User);
        Filled(store);
        tables.Execute("drop table result");
        Assert.Equal("StoreStatementFailed", Assert.Throws<ReportException>(() => DatabaseBackup.Write(store, backup, false)).ErrorId);
        Assert.False(Directory.Exists(backup));

        var broken = BrokenStore.Of(Filled(file.Open()), (method, _) => method == "get_Files");
        Assert.Throws<InvalidOperationException>(() => StoreBackup.Write(broken, backup, includeKeys: false));
        Assert.False(Directory.Exists(backup));

        // a process that is killed leaves what it has
        var seen = "";
        StoreBackup.Fill(backup, path =>
        {
            File.WriteAllText(path, "half of it");
            seen = Assert.Throws<ReportException>(() => StoreBackup.Check(backup)).ErrorId;
        });
        Assert.Equal("BackupNotFound", seen);
        StoreBackup.Check(backup);
    }

    [Fact]
    public void A_backup_without_its_key_is_restored_with_all_but_the_passwords_and_counts_them()
    {
        var from = Filled(file.Open());
        var backup = Path.Combine(Path.GetDirectoryName(from.Address)!, "backup");
        StoreBackup.Write(from, backup, includeKeys: false);
        var restored = (RelationalStore)other.Open();
        Assert.Equal(2, DatabaseBackup.Restore(backup, restored));
        Assert.Equal(Ids(from), Ids(restored));
        Assert.Throws<ReportException>(() => restored.Secrets.Unprotect(restored.Connections.Find("shop")!.ProtectedPassword!));
        restored.SetMark(StoreMark.CopiedFrom, "elsewhere");
        Assert.Equal("StoreUnfinished", Assert.Throws<ReportException>(() => DatabaseBackup.Restore(backup, restored)).ErrorId);
    }

    private static void CheckRestored(RelationalStore before, IReportStore after)
    {
        Assert.Equal(Ids(before), Ids(after));
        Assert.Equal(before.GetTasks().Select(task => task.Name), after.GetTasks().Select(task => task.Name));
        Assert.Equal("s3cret", after.Secrets.Unprotect(after.Connections.Find("shop")!.ProtectedPassword!));
        var waiting = Assert.Single(after.GetRuns(new RunFilter { RunId = "waiting" }));
        after.Files.Fetch(waiting);
        Assert.Equal("the message", File.ReadAllText(Assert.Single(waiting.Deliveries).MessagePath!));
        Assert.StartsWith(after.Files.Folder, waiting.Folder!, StringComparison.Ordinal);
    }

    private static List<string> Ids(IReportStore store) =>
        [.. store.GetRuns(new RunFilter()).Select(run => $"{run.Id} {run.Outcome} {run.DueAt:O} {run.Deliveries.Length}")
            .Order(StringComparer.Ordinal)];

    private static IReportStore Filled(IReportStore store)
    {
        store.Connections.Put(new ReportConnection { Name = "shop", ProtectedPassword = store.Secrets.Protect("s3cret") }, PutMode.Add);
        store.MailServers.Put(
            new ReportMailServer { Name = "post", ProtectedCertificatePassword = store.Secrets.Protect("s3al") }, PutMode.Add);
        store.SetOption(new ReportSchedulerOption { KeepRuns = 7 });
        store.PutTask(new ReportTask { Id = "d", Name = "due" }, PutMode.Add, Noon.AddDays(-1));
        store.PutTask(new ReportTask { Id = "p", Name = "paused", PauseAfterFailures = 1 }, PutMode.Add, Noon.AddDays(1));
        var ran = new ReportRun { Id = "failed", TaskId = "p", Trigger = RunTrigger.Schedule, DueAt = Noon, StartedAt = Noon, Owner = "me",
            Error = "it broke" };
        store.AddRun(ran);
        ran.Outcome = RunOutcome.Failed;
        Assert.True(store.FinishRun(ran));
        Assert.NotNull(store.FindTask("paused")!.PausedBecause);
        store.ImportRuns([.. Enumerable.Range(0, 300).Select(i => new ReportRun { Id = $"r{i:000}", TaskId = "d",
            Trigger = RunTrigger.Schedule, DueAt = Noon.AddDays(-1 - i), Outcome = RunOutcome.Succeeded })]);
        var state = store.GetStates().Single(state => state.TaskId == "d");
        state.ResultRunId = "r000";
        store.PutState(state);
        var folder = store.Files.FolderOf("waiting", 1);
        store.Files.Create(folder);
        var result = Path.Combine(folder, "result");
        File.WriteAllText(result, "rows");
        store.Files.KeepResult("d", "r000", result, "r000");
        File.Delete(result);
        File.WriteAllText(Path.Combine(folder, "message.eml"), "the message");
        store.AddRun(new ReportRun
        {
            Id = "waiting",
            TaskId = "d",
            Trigger = RunTrigger.Manual,
            DueAt = Noon,
            Outcome = RunOutcome.Delivering,
            Folder = folder,
            Deliveries = [new ReportDelivery { Id = "mail", RunId = "waiting", Target = "post", NextAttemptAt = Noon,
                MessagePath = Path.Combine(folder, "message.eml") }],
        });
        return store;
    }
}
