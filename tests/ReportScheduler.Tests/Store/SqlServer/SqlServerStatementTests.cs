using System.Text.RegularExpressions;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.SqlServer;

/// <summary>What the store says to SQL Server, through the real SqlClient, is T-SQL to Microsoft's own parser.</summary>
/// <remarks>The answers are canned: whether the statements do what they should, the contract tests say on a server
/// (REPORTSCHEDULER_TEST_SQLSERVER).</remarks>
public sealed partial class SqlServerStatementTests : IDisposable
{
    private static readonly DateTimeOffset Noon = StorePlace.Noon;
    private static readonly string Run = RecordJson.Write(NewRun());
    private static readonly string Task = RecordJson.Write(new ReportTask { Id = "x", Name = "x" });
    private static readonly string Delivery = RecordJson.Write(NewDelivery());

    // by how a statement begins: the columns of its one row
    private static readonly (string Start, object?[] Row)[] Answers =
    [
        ("select case when exists", [1]),
        ("select value from meta where name = 'version'", ["1"]),
        ("select value", [null]),
        ("select number", [1L]),
        ("select now_at", [Noon.UtcTicks]),
        ("select count(*)", [1]),
        ("select min(", [Noon.UtcTicks]),
        ("select max(", [Noon.UtcTicks]),
        ("select revision", [1]),
        ("select r.id as Id", ["x", Run, "me", 1, 0, Noon.UtcTicks, "x", Noon.UtcTicks]),
        ("select r.id, r.task_id", ["x", "x", 1]),
        ("select s.task_id as TaskId", ["x", Noon.UtcTicks, "{}", "x", "UTC", Task, "x", Run, "me", 1, 0, Noon.UtcTicks]),
        ("select t.id", ["x", "x", Task, "{}"]),
        ("select owner as Owner", ["me", 1, "Running", false]),
        ("select owner, record", ["me", Delivery]),
        ("select name, value", ["x", "x"]),
        ("select id, is_open", ["x", false, Run]),
        ("select r.availability_mode_desc", ["SYNCHRONOUS_COMMIT"]),
        ("select record from named", ["{}"]),
        ("select record from task where", [Task]),
        ("select record, owner", [Delivery, null]),
        ("select d.id, d.run_id", ["x", "x", Delivery]),
        ("select owner, seen_at", ["me", Noon.UtcTicks, "{}"]),
        ("select content", ["other", "x"]),
        ("select distinct folder, name", ["x", "x"]),
        ("select name, record", ["x", "{}"]),
        ("select task_id, record", ["x", "{}"]),
        ("select bytes", [new byte[] { 1 }]),
        ("select ", ["x"]),
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("store-").FullName;
    private readonly TdsResponder responder = new(new Dictionary<string, TdsValue>()) { Script = Answer };

    public void Dispose()
    {
        responder.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_statement_is_one_that_the_parser_of_SQL_Server_reads()
    {
        var address = DatabaseAddress.Parse(
            $"sqlserver://sa@127.0.0.1:{responder.Port}/store?encrypt=optional&password=env:{PostgreSqlServer.PasswordVariable}");
        var store = new RelationalStore(address, folder, StoreScope.User);
        Define(store);
        Work(store);
        Deliver(store);
        KeepFiles(store);
        var made = SchemaStatements(address.Dialect);
        var problems = new StatementProblems(made);
        Assert.Equal(4, problems.FilteredIndexes);
        var said = responder.Statements.ToList();
        Assert.True(said.Select(statement => statement.Sql).Distinct().Count() > 60, $"{said.Count} statements");
        // the parameters stand in the declaration that SqlClient sends
        var wrong = said.Select(statement => (statement.Sql, Text: statement.Types.Length == 0 ? statement.Sql
                : $"declare {statement.Types};\n{statement.Sql}"))
            .Concat(made.Select(sql => (Sql: sql, Text: sql)))
            .DistinctBy(statement => statement.Sql)
            .SelectMany(statement => problems.Of(statement.Text).Select(problem => $"{problem}: {statement.Sql}")).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.All(said, statement => Assert.InRange(Variables(statement.Types).Count, 0, 2100));
        // locks that other runners pass over, and none of PostgreSQL's words
        Assert.Contains(said, statement => statement.Sql.Contains(
            "with (updlock, rowlock, readpast, readcommittedlock, index(run_wait))", StringComparison.Ordinal));
        Assert.DoesNotContain(said, statement => statement.Sql.Contains("for update", StringComparison.Ordinal)
            || statement.Sql.Contains(" limit ", StringComparison.Ordinal)
            || statement.Sql.Contains("on conflict", StringComparison.Ordinal));
    }

    private static HashSet<string> Variables(string sql) => [.. Variable().Matches(sql).Select(match => match.Value)];

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Variable();

    [Theory]
    [InlineData(1105), InlineData(9002), InlineData(3906), InlineData(983), InlineData(40613), InlineData(4060), InlineData(1222)]
    public void A_database_that_is_full_only_read_or_a_replica_cannot_be_used_now(int number) =>
        Assert.Equal("StoreUnreachable", Refused(number));

    [Theory]
    [InlineData(18456), InlineData(229), InlineData(2760), InlineData(18487)]
    public void A_user_without_rights_is_denied(int number) => Assert.Equal("StoreDenied", Refused(number));

    [Theory]
    [InlineData(208), InlineData(8152)]
    public void A_statement_that_is_wrong_failed(int number) => Assert.Equal("StoreStatementFailed", Refused(number));

    private string Refused(int number)
    {
        responder.Script = _ => TdsResponder.Error(number, 16, "words of the server");
        var address = DatabaseAddress.Parse(
            $"mssql://sa@127.0.0.1:{responder.Port}/store{number}?encrypt=optional&password=env:{PostgreSqlServer.PasswordVariable}");
        var store = new RelationalStore(address, folder, StoreScope.User);
        return Assert.Throws<ReportException>(() => store.GetTasks()).ErrorId;
    }

    private static void Define(RelationalStore store)
    {
        _ = store.DefinitionVersion;
        _ = store.Formats();
        store.CheckReady();
        store.PutTask(new ReportTask { Id = "x", Name = "x", Revision = 1 }, PutMode.Update, Noon);
        store.GetTasks();
        store.FindTask("x");
        store.ClearPause("x");
        store.MoveNextRun("x", null, Noon);
        store.RemoveTask("x");
        store.SetOption(store.GetOption());
        store.Connections.Put(new ReportConnection { Name = "x" }, PutMode.Update);
        store.Connections.Change(new ReportConnection { Name = "x" }, new ReportConnection { Name = "x" });
        store.ChangeOption(option => option.KeepRuns = 5);
        store.Connections.Find("x");
        store.Connections.Remove("x");
        store.GetUnreadable();
        store.GetStates();
        store.PutState(new ReportTaskState { TaskId = "x" });
        store.SetMark(StoreMark.CopiedFrom, "there");
        store.SetMark(StoreMark.CopiedFrom, null);
        store.GetEarliestDue();
        _ = store.DescribeReplication();
    }

    private static void Work(RelationalStore store)
    {
        store.PlanDue(10, due => [.. due.Select(one => new TaskPlan(one, new DuePlan([Noon], [], Noon.AddDays(1))))]);
        // together with their states more than fit into a statement
        store.PlanDue(1000, due => [.. Enumerable.Range(0, 140).Select(no =>
            new TaskPlan(due[0] with { TaskId = $"t{no}" }, new DuePlan([Noon.AddDays(no)], [], Noon.AddDays(1))))]);
        store.TakeRuns(new TakeOrder("me", 5, []));
        store.TakeRuns(new TakeOrder("me", 1, []), "x");
        store.PutBackRuns("me", ["x", "y"]);
        store.Places.HasFree("erp", 2);
        store.CountWaiting();
        store.AddRun(NewRun());
        store.AddDueRun(NewRun());
        Assert.Equal("RequestDiffers", Record.Exception(() => store.AddRunOnce(NewRun(), new RequestMark("k", "c", Noon)))
            is ReportException differs ? differs.ErrorId : "RequestDiffers");
        store.UseOnce("k", Noon);
        store.SaveRun(NewRun());
        var done = NewRun();
        done.Outcome = RunOutcome.Succeeded;
        store.FinishRun(done);
        store.FinishRun(NewRun(), "another");
        store.ReopenRun(NewRun(), "another");
        store.GiveUpFiles(["x"]);
        store.FindRuns(["x"]);
        store.Heartbeat("me");
        store.ForgetOwner("me");
        store.GetOwners();
        store.TakeOver("me", new AbandonedRuns(["gone"], ["x"]));
        store.GetRuns(new RunFilter());
        store.GetRuns(new RunFilter { RunId = "x", TaskId = "x", Outcomes = [RunOutcome.Failed], Since = Noon, Until = Noon, Skip = 1,
            Limit = 5, After = new RunKey(Noon, "x") });
        store.ImportRuns([NewRun()]);
        store.RemoveRuns(["x"]);
        store.Runners.List();
        store.Runners.Write(new ReportSchedulerInfo { Id = "x", Owner = "me" });
        store.Runners.RequestStop("x");
        store.Runners.IsStopRequested("x");
        store.Runners.RequestRunStop("x", "words");
        store.Runners.RunStopRequest("x");
        store.Runners.ForgetRunStop("x");
        store.Runners.Remove("x");
    }

    private static void Deliver(RelationalStore store)
    {
        store.PutDelivery(NewDelivery(), 1);
        store.TakeDueDeliveries("me", 5);
        store.TakeDueDeliveries("me", 5, "x", ["y"]);
        store.GetEarliestDelivery();
        store.GetEarliestDelivery(Noon);
        store.GetLatestDelivery();
        store.TryAtLatest(Noon);
    }

    private void KeepFiles(RelationalStore store)
    {
        var run = NewRun();
        run.Folder = store.Files.FolderOf("x", 1);
        store.Files.Create(run.Folder);
        var file = Path.Combine(run.Folder, "a.csv");
        File.WriteAllText(file, "a");
        run.Files = [file];
        store.Files.Keep(run);
        File.Delete(file);
        store.Files.Fetch(run);
        var result = Path.Combine(folder, "result");
        File.WriteAllText(result, "a");
        store.Files.KeepResult("x", "x", result, null);
        store.Files.FetchResult("x", "x", result);
        store.Files.RemoveResults("x");
        store.Files.Remove("x");
        store.Files.Locate([run]);
    }

    private static List<string> SchemaStatements(StoreDialect sql) =>
        [sql.TryLockSchema, sql.UnlockSchema, .. RelationalSchema.Statements(sql, "16.00.1000")];

    private static byte[] Answer(string sql)
    {
        TdsResult[] results = [.. sql.Split(';').Select(ResultOf).OfType<TdsResult>()];
        return results.Length == 0 ? TdsResponder.End(1) : TdsResponder.Whole(results);
    }

    private static TdsResult? ResultOf(string sql)
    {
        if (sql.Contains("value as Value", StringComparison.Ordinal))
        {
            return new TdsResult(("Name", [TdsValue.NVarChar("version"), TdsValue.NVarChar("definitions")]),
                ("Value", [TdsValue.NVarChar("1"), TdsValue.NVarChar("")]), ("Number", [TdsValue.BigInt(1), TdsValue.BigInt(1)]));
        }

        var row = Answers.FirstOrDefault(answer => sql.TrimStart().StartsWith(answer.Start, StringComparison.Ordinal)).Row;
        return row is null ? null : new TdsResult([.. row.Select((value, at) => (Name(sql, at), (TdsValue[])[Cell(value)]))]) { Rows = 1 };
    }

    // where they count
    private static string Name(string sql, int at) => sql.Contains("as WakeAt", StringComparison.Ordinal)
        ? ((string[])["TaskId", "WakeAt", "State", "Name", "TimeZone", "Record",
            "RunId", "RunRecord", "Owner", "Attempt", "Interruptions", "SortAt"])[at]
        : sql.Contains("as Interruptions", StringComparison.Ordinal)
            ? ((string[])["Id", "Record", "Owner", "Attempt", "Interruptions", "SortAt", "TaskId", "LeaseUntil"])[at]
        : sql.Contains("as IsCounted", StringComparison.Ordinal) ? ((string[])["Owner", "Attempt", "Outcome", "IsCounted"])[at]
        : sql.Contains("s.record as state", StringComparison.Ordinal) ? ((string[])["Id", "Name", "Record", "State"])[at]
        : $"c{at}";

    private static TdsValue Cell(object? value) => value switch
    {
        int number => TdsValue.Int(number),
        long number => TdsValue.BigInt(number),
        bool truth => TdsValue.Bit(truth),
        byte[] bytes => TdsValue.VarBinary(bytes),
        _ => TdsValue.NVarChar((string?)value),
    };

    private static ReportRun NewRun() => new()
    {
        Id = "x",
        TaskId = "x",
        Trigger = RunTrigger.Schedule,
        DueAt = Noon,
        Owner = "me",
        Attempt = 1,
        Deliveries = [NewDelivery()],
    };

    private static ReportDelivery NewDelivery() => new() { Id = "x", RunId = "x", Target = "t", Owner = "me" };
}
