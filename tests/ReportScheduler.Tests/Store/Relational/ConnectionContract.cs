using System.Collections.Concurrent;
using System.Globalization;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.Relational;

/// <summary>What becomes of a transaction whose connection the server ends, as it does to a process that was frozen in one.</summary>
public abstract class ConnectionContract : IDisposable
{
    private const int Cuts = 40;

    private readonly RelationalDatabase store;

    private protected ConnectionContract(StoreDatabase database)
    {
        Database = database;
        database.Make();
        store = new RelationalDatabase(DatabaseAddress.Parse(database.Address), vault: null);
    }

    private protected StoreDatabase Database { get; }

    private protected abstract int Port { get; }

    /// <summary>Asks for the number of the connection.</summary>
    private protected abstract string Self { get; }

    /// <summary>Ends the connection of a number.</summary>
    private protected abstract string Kill { get; }

    public void Dispose()
    {
        Database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void It_is_made_again_on_another_connection()
    {
        var tries = 0;
        var found = store.Change(session =>
        {
            session.Execute("insert into meta (name, value) values ('test', 'once')");
            if (++tries == 1)
            {
                End(session);
            }

            return session.Find("select value from meta where name = 'test'");
        });
        Assert.Equal(("once", 2), (found, tries));
        Assert.Equal("1", Database.Scalar("select count(*) from meta where name = 'test'"));
    }

    [Fact]
    public void Where_all_that_wait_for_their_next_use_were_ended_it_is_made_again_on_a_new_one()
    {
        const int Many = 5;
        using var together = new Barrier(Many);
        var each = new ConcurrentBag<long>();
        var threads = Enumerable.Range(0, Many).Select(_ => new Thread(() => store.Once(session =>
        {
            each.Add(session.Scalar<long>(Self));
            return together.SignalAndWait(TimeSpan.FromMinutes(1));
        }))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        foreach (var number in each.Distinct())
        {
            Database.Execute(string.Format(CultureInfo.InvariantCulture, Kill, number));
        }

        Assert.Equal(Many, each.Distinct().Count());
        Assert.Equal(1, store.Once(session => session.Scalar<int>("select 1")));
        Assert.Equal(1, store.Change(session => session.Scalar<int>("select 1")));
    }

    [Fact]
    public void Ended_each_time_it_is_a_store_that_cannot_be_used_now()
    {
        var problem = Assert.Throws<ReportException>(() => store.Change(session =>
        {
            End(session);
            return session.Find("select value from meta where name = 'version'");
        }));
        Assert.Equal(("StoreUnreachable", true), (problem.ErrorId, problem.IsTransient));
    }

    [Fact]
    public void Ended_at_its_commit_it_is_not_made_again_because_nobody_knows_whether_it_was()
    {
        var tries = 0;
        var problem = Assert.Throws<ReportException>(() => store.Change(session =>
        {
            tries++;
            session.Execute("insert into meta (name, value) values ('test', 'once')");
            End(session);
            return true;
        }));
        Assert.Equal(("StoreUnreachable", 1), (problem.ErrorId, tries));
    }

    [Fact]
    public void Two_that_plan_at_once_share_what_is_due_and_nobody_waits()
    {
        var folder = Directory.CreateTempSubdirectory("report-scheduler-");
        try
        {
            RelationalStore[] both = [.. Enumerable.Range(0, 2)
                .Select(_ => new RelationalStore(DatabaseAddress.Parse(Database.Address), folder.FullName, StoreScope.User))];
            var now = TimeProvider.System.GetUtcNow();
            foreach (var id in new[] { "1", "2", "3" })
            {
                both[0].PutTask(new ReportTask { Id = id, Name = id }, PutMode.Add, now.AddMinutes(-1));
            }

            string[] Plan(RelationalStore store, int limit, Action beside) => [.. store.PlanDue(limit, due =>
            {
                beside();
                return [.. due.Select(task => new TaskPlan(task, new DuePlan([task.DueAt], [], null)))];
            }).Runs.Select(run => run.TaskId)];

            string[] others = [];
            var mine = Plan(both[0], 1, () => others = Plan(both[1], 10, () => { }));
            Assert.Equal(["1"], mine);
            Assert.Equal(["2", "3"], others);
            Assert.Empty(Plan(both[0], 10, () => { }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_run_that_ends_while_its_task_is_removed_leaves_no_state_of_it()
    {
        var folder = Directory.CreateTempSubdirectory("report-scheduler-");
        try
        {
            var reports = new RelationalStore(DatabaseAddress.Parse(Database.Address), folder.FullName, StoreScope.User);
            reports.PutTask(new ReportTask { Id = "t", Name = "t" }, PutMode.Add, null);
            var run = new ReportRun { Id = "r", TaskId = "t", Trigger = RunTrigger.Manual, DueAt = StorePlace.Noon, Owner = "me" };
            reports.AddRun(run);
            // what the end of the run sees when the removal that it has waited for is over
            Database.Execute("delete from task_state");
            run.Outcome = RunOutcome.Succeeded;
            Assert.True(reports.FinishRun(run));
            Assert.Empty(reports.GetStates());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_that_is_cut_anywhere_is_a_store_that_cannot_be_used_now_and_nothing_else(bool forGood)
    {
        var folder = Directory.CreateTempSubdirectory("report-scheduler-");
        try
        {
            using var whole = new RelayServer(Port);
            Assert.Empty(UseThrough(whole, folder.FullName));
            var met = new List<string>();
            for (var cut = 0L; cut < whole.Passed; cut += whole.Passed / Cuts)
            {
                using var relay = new RelayServer(Port) { CutAfter = cut, ClosesAtCut = forGood };
                met.AddRange(UseThrough(relay, folder.FullName).Select(problem => $"after {cut} of {whole.Passed} bytes: {problem}"));
            }

            Assert.True(met.Count == 0, string.Join('\n', met.Take(10)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Who_is_there_is_forgotten_by_those_who_are_and_not_by_those_who_ask()
    {
        var folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
        try
        {
            var runners = new RelationalStore(DatabaseAddress.Parse(Database.Address), folder, StoreScope.User).Runners;
            var noon = StorePlace.Noon;
            string Ids() => string.Join(' ', runners.List().Select(runner => runner.Id));
            void Say(string id) => runners.Write(new ReportSchedulerInfo { Id = id, Owner = $"{id}/1/1/1", StartedAt = noon });

            Database.SetClock(noon.UtcTicks);
            Say("one");
            Database.SetClock((noon + RunnerLease.Length).UtcTicks + 1);
            Assert.Equal("", Ids());
            Assert.Equal("1", Database.Scalar("select count(*) from runner_info"));
            Say("two");
            Assert.Equal("two", Ids());
            Assert.Equal("1", Database.Scalar("select count(*) from runner_info"));

            // the clock was ahead
            Database.SetClock(noon.AddHours(-2).UtcTicks);
            Say("three");
            Database.SetClock((noon.AddHours(-2) + RunnerLease.Length).UtcTicks + 1);
            Assert.Equal("", Ids());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(RunStage.Query)]
    [InlineData(RunStage.Export)]
    [InlineData(RunStage.Deliver)]
    public void A_report_that_is_made_while_the_store_is_away_is_recorded_when_it_is_back(RunStage away)
    {
        const int TurnedAway = 3;
        var folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
        try
        {
            using var relay = new RelayServer(Port);
            var store = new RelationalStore(DatabaseAddress.Parse(Through(relay)), folder, StoreScope.User);
            store.Connections.Put(
                new ReportConnection { Name = "mem", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" },
                PutMode.Add);
            var mail = Path.Combine(folder, "mail");
            store.MailServers.Put(new ReportMailServer { Name = "post", PickupDirectory = mail, From = "r@example.com" }, PutMode.Add);
            store.PutTask(
                new ReportTask
                {
                    Id = "t", Name = "t", Connection = "mem", Query = "select 1 as one", Every = TimeSpan.FromDays(1), TimeZone = "UTC",
                    StartAt = store.Clock.GetUtcNow(), Format = [ReportFormat.Csv], To = ["ada@example.com"], MailServer = "post",
                },
                PutMode.Add, store.Clock.GetUtcNow());
            using var worker = new RunWorker(store, store.Clock, () => false, []);
            worker.Plan();
            var run = Assert.Single(worker.Take(1).Runs);
            var made = worker.Execute(run, progress =>
            {
                if (progress.Stage == away)
                {
                    relay.Close(TurnedAway);
                }
            }, CancellationToken.None);
            Assert.Equal((RunOutcome.Succeeded, 1, false), (made.Outcome, made.Attempt, made.IsTakenOver));
            var kept = Assert.Single(store.GetRuns(new RunFilter()));
            Assert.Equal((RunOutcome.Succeeded, 1, (string?)null), (kept.Outcome, kept.Attempt, kept.Owner));
            Assert.Single(Directory.GetFiles(mail, "*.eml"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("Get-ReportTask")]
    [InlineData("Get-ReportRun -Newest 1")]
    [InlineData("Invoke-ReportTask t")]
    public async Task A_command_that_is_stopped_leaves_a_database_that_says_nothing(string command)
    {
        using var relay = new RelayServer(Port);
        using var session = new PowerShellSession();
        var store = new { store = Through(relay) };
        session.Run("New-ReportConnection mem ':memory:' -StorePath $store; New-ReportMailServer m -PickupDirectory mail "
            + "-From r@example.com -StorePath $store; "
            + "New-ReportTask t mem -Query 'select 1 as a' -Format Csv -To a@example.com -StorePath $store", store)
            .NoErrors();
        session.Run($"{command} -StorePath $store", store).NoErrors();
        relay.StallAfter = 0;
        var running = Task.Run(() => session.Run($"{command} -StorePath $store", store), TestContext.Current.CancellationToken);
        // the drivers wait for 47 seconds
        for (var i = 0; !running.IsCompleted; i++)
        {
            Assert.True(i < 100, "It did not end.");
            session.Stop();
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Assert.Empty((await running).Output);
    }

    [Fact]
    public async Task Who_makes_the_tables_waits_for_another_one_who_does_and_says_who_that_is()
    {
        var address = DatabaseAddress.Parse(Database.Address);
        var folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
        using var said = new ManualResetEventSlim();
        var other = "";
        try
        {
            var waiting = new RelationalDatabase(address, vault: null).Unchecked(connection =>
            {
                var session = new StoreSession(connection, null, address.Dialect);
                Assert.Equal(1, session.Scalar<int>(address.Dialect.TryLockSchema));
                var making = Task.Run(() => new RelationalStore(address, folder, StoreScope.User).Make(who =>
                {
                    other = who;
                    said.Set();
                }), TestContext.Current.CancellationToken);
                Assert.True(said.Wait(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
                Assert.Contains(session.Scalar<string>(Self)!, other, StringComparison.Ordinal);
                Assert.Contains("127.0.0.1", other, StringComparison.Ordinal);
                Assert.False(making.IsCompleted);
                session.Execute(address.Dialect.UnlockSchema);
                return making;
            });
            await waiting.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a runner asks of its store, one after the other.</summary>
    /// <returns>What another error came of than that the store cannot be used.</returns>
    private List<string> UseThrough(RelayServer relay, string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = RunIds.Create(now);
        var through = Through(relay);
        IReportStore? opened = null;
        var run = new ReportRun { Id = id, TaskId = "t", TaskName = "t", Trigger = RunTrigger.Http, DueAt = now };
        var runner = new ReportSchedulerInfo { Id = id, Owner = "o", Machine = "m", StartedAt = now };
        var task = new ReportTask { Id = id, Name = id, Query = "select 1", Every = TimeSpan.FromDays(1), StartAt = now, TimeZone = "UTC" };
        var problems = new List<string>();
        foreach (var use in new Action<IReportStore>[]
        {
            store => store.TryUse("o"),
            store => store.Runners.Write(runner),
            store => store.Runners.IsStopRequested(id),
            store => store.PutTask(task, PutMode.Add, now),
            store => new TaskPlanner(store).PlanDue(),
            store => store.AddRun(run),
            store => store.TakeRuns(new TakeOrder("o", 1, [])),
            store => store.BeginRun(run),
            store => store.SaveRun(run),
            store => store.Heartbeat("o"),
            store => store.GetRuns(new RunFilter { RunId = id }),
            store => store.TakeOver("o", new AbandonedRuns([], [])),
            store => store.ForgetOwner("o"),
            store => store.Runners.Remove(id),
        })
        {
            try
            {
                use(opened ??= new RelationalStore(DatabaseAddress.Parse(through), folder, StoreScope.User));
            }
            catch (ReportException problem) when (problem is { ErrorId: "StoreUnreachable", IsTransient: true })
            {
                // so it is said
            }
#pragma warning disable CA1031 // this is what is looked for
            catch (Exception problem)
            {
                problems.Add($"{use.Method.Name} {problem}");
            }
#pragma warning restore CA1031
        }

        return problems;
    }

    /// <summary>What becomes of an error that the server gives.</summary>
    /// <param name="statement">What gives it.</param>
    private protected (string ErrorId, bool IsTransient) Meet(string statement)
    {
        var problem = Assert.Throws<ReportException>(() => store.Change(session => session.Execute(statement)));
        return (problem.ErrorId, problem.IsTransient);
    }

    private string Through(RelayServer relay) =>
        Database.Address.Replace($":{Port}/", $":{relay.Port}/", StringComparison.Ordinal);

    private void End(StoreSession session) =>
        Database.Execute(string.Format(CultureInfo.InvariantCulture, Kill, session.Scalar<long>(Self)));
}
