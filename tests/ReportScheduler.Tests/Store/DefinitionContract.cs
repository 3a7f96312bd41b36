using ReportScheduler.Definitions;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store;

public abstract class DefinitionContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public void Names_are_unique_without_regard_to_case_and_lists_are_in_their_order()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "weekly" }, PutMode.Add, null);
        store.PutTask(new ReportTask { Id = "2", Name = "Daily" }, PutMode.Add, null);
        store.PutTask(new ReportTask { Id = "3", Name = "Über" }, PutMode.Add, null);
        var taken = Assert.Throws<ReportException>(() => store.PutTask(new ReportTask { Id = "4", Name = "üBER" }, PutMode.Add, null));
        Assert.Equal(("NameTaken", ReportErrorCategory.ResourceExists, "üBER"), (taken.ErrorId, taken.Category, taken.ErrorTarget));
        Assert.Equal(["Daily", "weekly", "Über"], store.GetTasks().Select(task => task.Name));
        Assert.Equal("3", store.FindTask("ÜBER")!.Id);
        Assert.Equal("weekly", store.FindTask("1")!.Name);
        Assert.Null(store.FindTask("none"));
    }

    [Fact]
    public void A_task_can_be_renamed_but_not_to_the_name_of_another()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        store.PutTask(new ReportTask { Id = "2", Name = "b" }, PutMode.Add, null);
        var task = store.FindTask("a")!;
        task.Name = "A new one";
        store.PutTask(task, PutMode.Update, null);
        task.Name = "B";
        Assert.Equal("NameTaken", Assert.Throws<ReportException>(() => store.PutTask(task, PutMode.Update, null)).ErrorId);
        Assert.Equal(["A new one", "b"], store.GetTasks().Select(task => task.Name));
        var gone = Assert.Throws<ReportException>(() => store.PutTask(new ReportTask { Id = "9", Name = "x" }, PutMode.Update, null));
        Assert.Equal("NotFound", gone.ErrorId);
    }

    [Fact]
    public void A_replaced_task_keeps_its_id_and_counts()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        var run = new ReportRun { Id = "r", TaskId = "1", DueAt = Noon, StartedAt = Noon, Owner = "me" };
        store.AddRun(run);
        run.Outcome = RunOutcome.Succeeded;
        Assert.True(store.FinishRun(run));
        var replacement = new ReportTask { Id = "2", Name = "A", Query = "select 2" };
        store.PutTask(replacement, PutMode.Replace, Noon.AddDays(1));
        var task = Assert.Single(store.GetTasks());
        Assert.Equal(("1", "A", "select 2", 1L, Noon.AddDays(1)), (task.Id, task.Name, task.Query, task.RunCount, task.NextRunAt));
        Assert.Equal("1", replacement.Id);
    }

    [Fact]
    public void A_change_that_makes_no_new_schedule_leaves_the_due_time_that_a_runner_planned_meanwhile()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a", Connection = "c", Query = "select 1", Every = TimeSpan.FromHours(1),
            StartAt = Noon, Format = [ReportFormat.Csv] }, PutMode.Add, Noon);
        store.Connections.Put(new ReportConnection { Name = "c", Provider = ReportProvider.Sqlite }, PutMode.Add);
        // a person thinks about it for a while
        var task = store.FindTask("a")!;
        Assert.Single(Plan(NewStore(), _ => new DuePlan([Noon], [], Noon.AddHours(1))).Runs);
        task.Description = "new";
        TaskDefinition.Save(store, task, PutMode.Update, reschedule: false, store.Clock);
        Assert.Equal(("new", Noon.AddHours(1)), (store.FindTask("a")!.Description, store.FindTask("a")!.NextRunAt));

        task.Enabled = false;
        store.PutTask(task, PutMode.Update, Noon, keepsNext: true);
        Assert.Null(store.FindTask("a")!.NextRunAt);
        store.PutTask(new ReportTask { Id = "2", Name = "b" }, PutMode.Replace, Noon, keepsNext: true);
        Assert.Equal(Noon, store.FindTask("b")!.NextRunAt);
    }

    [Fact]
    public void Of_two_who_change_different_options_at_once_both_do()
    {
        Action<ReportSchedulerOption>[] changes = [option => option.KeepRuns++, option => option.NotifyEvery++];
        var before = NewStore().GetOption();
        Parallel.ForEach(changes, change =>
        {
            var store = NewStore();
            for (var turn = 0; turn < 20; turn++)
            {
                store.ChangeOption(change);
            }
        });
        var option = NewStore().ChangeOption(option => option.AllowScript = true);
        Assert.Equal((before.KeepRuns + 20, before.NotifyEvery + 20, true), (option.KeepRuns, option.NotifyEvery, option.AllowScript));
        Assert.Equal(before.KeepRuns + 20, NewStore().GetOption().KeepRuns);
    }

    [Fact]
    public void Of_two_who_change_a_connection_at_once_both_do()
    {
        var store = NewStore();
        store.Connections.Put(new ReportConnection { Name = "c", ConnectionString = "a" }, PutMode.Add);
        ReportConnection Read() => store.Connections.Find("C")!;
        var (was, mine) = (Read(), Read());
        mine.InitSql = "set x";
        var theirs = Read();
        theirs.ConnectionString = "b";
        Assert.True(NewStore().Connections.Change(was, theirs));
        Assert.False(store.Connections.Change(was, mine));
        Assert.Equal(("b", null), (Read().ConnectionString, Read().InitSql));

        store.Connections.Update(was, mine, Read, connection => connection.InitSql = "set x");
        Assert.Equal(("b", "set x"), (Read().ConnectionString, Read().InitSql));
        was = Read();
        // MariaDB counts rows that are other ones than before
        Assert.True(store.Connections.Change(was, Read()));
        Assert.True(store.Connections.Remove("c"));
        Assert.False(store.Connections.Change(was, was));
        Assert.Null(store.Connections.Find("c"));
    }

    [Fact]
    public void A_removed_task_leaves_its_runs()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        store.AddRun(new ReportRun { Id = "r", TaskId = "1", DueAt = Noon });
        Assert.True(store.RemoveTask("1"));
        Assert.False(store.RemoveTask("1"));
        Assert.Empty(store.GetTasks());
        Assert.Null(store.GetEarliestDue());
        Assert.Single(store.GetRuns(new RunFilter { TaskId = "1" }));
    }

    [Fact]
    public void A_disabled_task_has_no_next_run()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a", Enabled = false }, PutMode.Add, Noon);
        Assert.Null(store.GetEarliestDue());
        Assert.Null(store.FindTask("a")!.NextRunAt);
    }

    [Fact]
    public void Connections_and_mail_servers_are_put_found_and_removed_by_name()
    {
        var store = NewStore();
        store.Connections.Put(new ReportConnection { Name = "Sales" }, PutMode.Add);
        store.MailServers.Put(new ReportMailServer { Name = "Sales" }, PutMode.Add);
        Assert.Equal("NameTaken", Assert.Throws<ReportException>(
            () => store.Connections.Put(new ReportConnection { Name = "SALES" }, PutMode.Add)).ErrorId);
        Assert.Equal("NotFound", Assert.Throws<ReportException>(
            () => store.MailServers.Put(new ReportMailServer { Name = "x" }, PutMode.Update)).ErrorId);
        store.Connections.Put(new ReportConnection { Name = "SALES", ConnectionString = "new" }, PutMode.Replace);
        store.Connections.Put(new ReportConnection { Name = "archive" }, PutMode.Replace);
        Assert.Equal(["archive", "SALES"], store.Connections.All().Select(connection => connection.Name));
        Assert.Equal("new", store.Connections.Find("sales")!.ConnectionString);
        Assert.True(store.Connections.Remove("sAles"));
        Assert.False(store.Connections.Remove("sAles"));
        Assert.Single(store.MailServers.All());
        Assert.True(store.MailServers.Remove("SALES"));
        Assert.Null(store.MailServers.Find("Sales"));
    }

    [Fact]
    public void The_definition_version_changes_with_definitions_of_any_process_and_not_with_runs()
    {
        var store = NewStore();
        var seen = new HashSet<long> { store.DefinitionVersion };
        void Changed() => Assert.True(seen.Add(store.DefinitionVersion));
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, Noon);
        Changed();
        NewStore().Connections.Put(new ReportConnection { Name = "c" }, PutMode.Add);
        Changed();
        NewStore().MailServers.Put(new ReportMailServer { Name = "m" }, PutMode.Add);
        Changed();
        NewStore().SetOption(new ReportSchedulerOption());
        Changed();
        NewStore().Connections.Remove("c");
        Changed();

        var before = store.DefinitionVersion;
        var run = new ReportRun { Id = "r", TaskId = "1", DueAt = Noon, Owner = "me" };
        NewStore().AddRun(run);
        NewStore().SaveRun(run);
        NewStore().Heartbeat("me");
        NewStore().FinishRun(run);
        Claim(NewStore(), "me", _ => new DuePlan([Noon], [], Noon.AddDays(1)));
        NewStore().GetTasks();
        Assert.Equal(before, store.DefinitionVersion);
    }

    [Fact]
    public void An_update_of_a_definition_that_was_changed_since_it_was_read_is_refused_and_made_again_to_what_is_there()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        var (mine, theirs) = (store.FindTask("a")!, store.FindTask("a")!);
        theirs.Subject = "theirs";
        store.PutTask(theirs, PutMode.Update, null);
        theirs.Body = "again";
        store.PutTask(theirs, PutMode.Update, null);
        TaskDefinition.Update(store, mine, current =>
        {
            current.Description = "mine";
            store.PutTask(current, PutMode.Update, null);
        });
        var both = store.FindTask("a")!;
        Assert.Equal(("theirs", "again", "mine"), (both.Subject, both.Body, both.Description));
        mine.Description = "old";
        Assert.Equal("TaskChangedMeanwhile",
            Assert.Throws<TaskChangedMeanwhileException>(() => store.PutTask(mine, PutMode.Update, null)).ErrorId);
        store.PutTask(mine, PutMode.Replace, null);
        store.RemoveTask("1");
        Assert.Equal("NotFound", Assert.Throws<ReportException>(() => store.PutTask(mine, PutMode.Update, null)).ErrorId);
    }

    [Fact]
    public void A_definition_that_cannot_be_read_is_told_and_breaks_nothing_else()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "good" }, PutMode.Add, Noon);
        store.PutTask(new ReportTask { Id = "2", Name = "bad" }, PutMode.Add, Noon);
        store.Connections.Put(new ReportConnection { Name = "bad" }, PutMode.Add);
        Place.Edit(nameof(ReportTask), "2", "Overlap", "WhenTheMoonIsFull");
        Place.Edit(nameof(ReportConnection), "BAD", "Provider", 17);

        Assert.Equal(["good"], store.GetTasks().Select(task => task.Name));
        Assert.Equal([("ReportTask", "bad"), ("ReportConnection", "bad")],
            store.GetUnreadable().Select(record => (record.Noun, record.Name)));
        var problem = Assert.Throws<RecordNotReadableException>(() => store.FindTask("BAD"));
        Assert.Equal(("RecordNotReadable", ReportErrorCategory.InvalidData, "BAD"),
            (problem.ErrorId, problem.Category, problem.ErrorTarget));

        var due = Due(store);
        Assert.Equal([("bad", false), ("good", true)], due.Select(task => (task.Name, task.Task is not null)).Order());
        Assert.NotNull(due.Single(task => task.Name == "bad").Problem);
        Assert.Equal(["bad", "good"],
            Claim(store, "me", _ => new DuePlan([Noon], [], Noon.AddDays(1))).Select(run => run.TaskName).Order());
        Assert.Empty(Claim(store, "me", _ => new DuePlan([Noon], [], Noon.AddDays(1))));

        store.PutTask(new ReportTask { Id = "3", Name = "bad" }, PutMode.Replace, Noon);
        Assert.True(store.Connections.Remove("bad"));
        Assert.Empty(store.GetUnreadable());
        Assert.Equal("2", store.FindTask("bad")!.Id);
    }

    [Fact]
    public void Fields_of_a_later_version_are_ignored_and_missing_ones_have_their_default()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a", Query = "select 1" }, PutMode.Add, null);
        Place.Edit(nameof(ReportTask), "1", "Invented", "x");
        Place.Edit(nameof(ReportTask), "1", "Timeout", null);
        Place.Edit(nameof(ReportTask), "1", "To", null);
        var task = store.FindTask("a")!;
        Assert.Equal(("select 1", TimeSpan.FromMinutes(5)), (task.Query, task.Timeout));
        Assert.Empty(task.To);
    }
}
