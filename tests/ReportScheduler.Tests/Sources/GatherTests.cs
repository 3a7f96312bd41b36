using System.Globalization;
using Microsoft.Data.Sqlite;
using ReportScheduler.Runs;
using ReportScheduler.Sources;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources;

public sealed class GatherTests(PostgreSqlServer postgres, MariaDbServer maria) : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Rows_of_each_server_come_together_in_the_order_of_the_names()
    {
        Sqlite("prod-2", "create table t(n int); insert into t values (21), (22)");
        Sqlite("prod-1", "create table t(n int); insert into t values (11)");
        Sqlite("test-1", "create table t(n int); insert into t values (0)");
        var run = Run(task => task.Connection = "prod-*");
        Assert.Equal((RunOutcome.Succeeded, 3L), (run.Outcome, run.Rows));
        Assert.Empty(run.MissingConnections);
        Assert.Equal("connection,n\nprod-1,11\nprod-2,21\nprod-2,22\n", Text(Assert.Single(run.Files)));
    }

    [Fact]
    public void Twenty_connections_of_three_kinds_of_which_two_are_down_are_one_workbook_with_the_errors()
    {
        for (var i = 1; i <= 20; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"site-{i:00}");
            switch (i)
            {
                case 7:
                    fixture.AddConnection(name, "PostgreSql", "Host=127.0.0.1;Port=1;Database=d;Username=u;Password=p");
                    break;
                case 14:
                    fixture.AddConnection(name, "Sqlite", "Data Source=" + Path.Combine(fixture.Folder, "gone.db"));
                    break;
                case < 10:
                    postgres.Execute($"create schema gather_{i}; create table gather_{i}.t(n int, label varchar(20)); "
                        + $"insert into gather_{i}.t values ({i}, 'pg')");
                    fixture.AddConnection(name, "PostgreSql", postgres.ConnectionString + $";Search Path=gather_{i}");
                    break;
                case < 17:
                    maria.Execute($"create database gather_{i}; create table gather_{i}.t(n bigint, label text); "
                        + $"insert into gather_{i}.t values ({i}, 'maria')");
                    fixture.AddConnection(name, "MySql", maria.For($"gather_{i}"));
                    break;
                default:
                    Sqlite(name, $"create table t(n integer, label text); insert into t values ({i}, 'lite')");
                    break;
            }
        }

        var run = Run(task => (task.Connection, task.Query, task.Format) = ("site-*", "select n, label from t", [ReportFormat.Excel]));
        Assert.Equal((RunOutcome.PartialData, 18L), (run.Outcome, run.Rows));
        Assert.Equal(["site-07", "site-14"], run.MissingConnections);
        Assert.Empty(run.Warnings);
        using var book = new ClosedXML.Excel.XLWorkbook(Assert.Single(run.Files));
        var sheets = book.Worksheets.ToList();
        Assert.Equal("Errors", sheets[1].Name);
        var cells = sheets[0].RowsUsed().Skip(1).Select(row => $"{row.Cell(1).Value} {row.Cell(2).Value} {row.Cell(3).Value}").ToList();
        Assert.Equal(18, cells.Count);
        Assert.Equal(("site-01 1 pg", "site-20 20 lite"), (cells[0], cells[^1]));
        Assert.Contains("site-15 15 maria", cells);
        Assert.Equal(["site-07", "site-14"], sheets[1].RowsUsed().Skip(1).Select(row => row.Cell(1).GetString()));
    }

    [Theory]
    [InlineData("x,prod-1", "connection,n\nx,9\nprod-1,1\n")]
    [InlineData("prod-?,x", "connection,n\nprod-1,1\nx,9\n")]
    [InlineData("[px]*", "connection,n\nprod-1,1\nx,9\n")]
    [InlineData("X,x,prod-1", "connection,n\nx,9\nprod-1,1\n")]
    public void Names_and_wildcards_can_be_mixed(string names, string csv)
    {
        Sqlite("prod-1", "create table t(n int); insert into t values (1)");
        Sqlite("x", "create table t(n int); insert into t values (9)");
        string[] given = names.Split(',');
        Assert.Equal(csv, Text(Run(task => (task.Connection, task.FurtherConnections) = (given[0], given[1..])).Files[0]));
    }

    [Fact]
    public void Readers_find_the_words_of_their_language()
    {
        Sqlite("prod-1", "create table t(n int); insert into t values (1)");
        Sqlite("prod-2", "create table other(n int)");
        var run = Run(task => (task.Connection, task.Culture, task.Format) = ("prod-*", "de-DE", [ReportFormat.Html, ReportFormat.Json]));
        var page = Text(run.Files.Single(file => file.EndsWith(".html", StringComparison.Ordinal)));
        Assert.Contains(">Verbindung<", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Connection<", page, StringComparison.Ordinal);
        Assert.Contains("\"connection\":\"prod-1\"", Text(run.Files.Single(file => file.EndsWith(".json", StringComparison.Ordinal)))
            .Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(fixture.Mails,
            mail => MimeKit.MimeMessage.Load(mail).Subject!.StartsWith("Unvollständig: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_gives_no_rows_is_named_everywhere_and_the_run_is_not_whole()
    {
        Sqlite("prod-1", "create table t(n int); insert into t values (1)");
        Sqlite("prod-2", "create table other(n int)");
        fixture.AddConnection("prod-3", "Sqlite", "Data Source=" + Path.Combine(fixture.Folder, "gone.db"));
        var run = Run(task => (task.Connection, task.Owner, task.Format) = ("prod-*", "owner@example.com",
            [ReportFormat.Csv, ReportFormat.Excel, ReportFormat.Json, ReportFormat.Html, ReportFormat.Pdf]));
        Assert.Equal((RunOutcome.PartialData, "PartialData", 1L), (run.Outcome, run.ErrorId, run.Rows));
        Assert.Equal(["prod-2", "prod-3"], run.MissingConnections);
        Assert.Contains("2 servers gave no rows. prod-2: ", run.Error, StringComparison.Ordinal);
        var errors = Text(run.Files.Single(file => file.EndsWith("Errors.csv", StringComparison.Ordinal)));
        Assert.StartsWith("connection,error\nprod-2,", errors, StringComparison.Ordinal);
        Assert.Contains("no such table", errors, StringComparison.Ordinal);
        Assert.Contains("gone.db", errors, StringComparison.Ordinal);
        Assert.Equal(1, fixture.Store.FindTask(run.TaskId)!.ErrorCount);
        var mails = fixture.Mails.Select(File.ReadAllText).ToList();
        Assert.Contains(mails,
            mail => mail.Contains("This report is incomplete. It has no rows from prod-2, prod-3.", StringComparison.Ordinal));
        Assert.Contains(mails, mail => mail.Contains("Subject: INCOMPLETE: ", StringComparison.Ordinal));
        var stored = Assert.Single(fixture.Runs(run.TaskId));
        Assert.Equal((RunOutcome.PartialData, 2), (stored.Outcome, stored.MissingConnections.Length));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("connection")]
    public void Rows_of_a_server_that_did_not_answer_are_not_gone(string? splitBy)
    {
        Sqlite("prod-1", "create table t(n int); insert into t values (1)");
        Sqlite("prod-2", "create table t(n int); insert into t values (2)");
        void Change(ReportTask task) => (task.Connection, task.KeyColumn, task.SplitBy, task.To, task.Format) =
            ("prod-*", ["n"], splitBy, [splitBy is null ? "a@x.org" : "{{ split.key }}@x.org"], [ReportFormat.Csv]);
        var first = Run(Change);
        Assert.Equal(RunOutcome.Succeeded, first.Outcome);
        SqliteConnection.ClearAllPools();
        File.Delete(Path.Combine(fixture.Folder, "prod-2.db"));
        using var worker = fixture.Worker();
        var run = worker.RunNow(fixture.Store.FindTask(first.TaskId)!, RunTrigger.Manual, RunFixture.Noon.AddDays(1), RunOptions.None,
            _ => { }, CancellationToken.None);
        Assert.Equal(RunOutcome.PartialData, run.Outcome);
        Assert.DoesNotContain("1 removed", run.Changes ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(run.Files, file => file.Contains("Removed", StringComparison.Ordinal));
        Assert.DoesNotContain(fixture.Mails.Select(File.ReadAllText), mail => mail.Contains("1 removed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("connection")]
    public void A_server_that_is_missing_for_good_keeps_the_others_from_nothing(string? splitBy)
    {
        Sqlite("prod-1", "create table t(n int, v int); insert into t values (1, 1), (2, 1)");
        fixture.AddConnection("prod-2", "Sqlite", "Data Source=" + Path.Combine(fixture.Folder, "prod-2.db"));
        var first = Run(task => (task.Connection, task.Query, task.KeyColumn, task.SplitBy, task.To, task.Format) =
            ("prod-*", "select n, v from t", ["connection", "n"], splitBy, [splitBy is null ? "a@x.org" : "{{ split.key }}@x.org"],
                [ReportFormat.Json]));
        Assert.Equal(RunOutcome.PartialData, first.Outcome);
        Assert.StartsWith("this is the first result, and later ones are compared with it; rows of prod-2 are missing", first.Changes,
            StringComparison.Ordinal);
        var days = 0;
        Again("0 rows added, 0 removed and 0 changed since");
        Execute(Path.Combine(fixture.Folder, "prod-1.db"), "update t set v = 2 where n = 1; delete from t where n = 2");
        Again("0 rows added, 1 removed and 1 changed since");
        // it comes, goes with its rows kept, and comes back with another one
        Execute(Path.Combine(fixture.Folder, "prod-2.db"), "create table t(n int, v int); insert into t values (5, 1), (6, 1)");
        Again("2 rows added, 0 removed and 0 changed since");
        SqliteConnection.ClearAllPools();
        File.Move(Path.Combine(fixture.Folder, "prod-2.db"), Path.Combine(fixture.Folder, "away.db"));
        Again("0 rows added, 0 removed and 0 changed since");
        Again("0 rows added, 0 removed and 0 changed since");
        SqliteConnection.ClearAllPools();
        File.Move(Path.Combine(fixture.Folder, "away.db"), Path.Combine(fixture.Folder, "prod-2.db"));
        Execute(Path.Combine(fixture.Folder, "prod-2.db"), "update t set v = 3 where n = 6");
        Again("0 rows added, 0 removed and 1 changed since");

        void Again(string words)
        {
            using var worker = fixture.Worker();
            var run = worker.RunNow(fixture.Store.FindTask(first.TaskId)!, RunTrigger.Manual, RunFixture.Noon.AddDays(++days),
                RunOptions.None, _ => { }, CancellationToken.None);
            Assert.Contains(words, run.Changes, StringComparison.Ordinal);
            Assert.Equal(run.MissingConnections.Length > 0,
                run.Changes!.EndsWith("rows of prod-2 are missing, and their last ones are kept to compare with",
                    StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_rows_and_a_missing_server_are_told_whatever_SendWhen_says()
    {
        Sqlite("prod-1", "create table t(n int)");
        fixture.AddConnection("prod-3", "Sqlite", "Data Source=" + Path.Combine(fixture.Folder, "gone.db"));
        Assert.Equal(RunOutcome.PartialData, Run(task => (task.Connection, task.SendWhen) = ("prod-*", nameof(SendWhen.HasRows))).Outcome);
    }

    [Theory]
    [InlineData("prod-*", ServerErrorPolicy.Fail, "DatabaseFileMissing", "'prod-3' gave no rows")]
    [InlineData("prod-3", ServerErrorPolicy.Continue, "DatabaseFileMissing", "gone.db")]
    [InlineData("prod-[3-4]", ServerErrorPolicy.Continue, "NoServerGaveRows", "gone.db")]
    [InlineData("none-*", ServerErrorPolicy.Continue, "NoConnectionMatches", "'none-*'")]
    public void A_report_that_cannot_be_made_fails(string connection, ServerErrorPolicy policy, string id, string words)
    {
        Sqlite("prod-1", "create table t(n int)");
        fixture.AddConnection("prod-3", "Sqlite", "Data Source=" + Path.Combine(fixture.Folder, "gone.db"));
        var run = Run(task => (task.Connection, task.OnServerError) = (connection, policy));
        Assert.Equal((RunOutcome.Failed, id), (run.Outcome, run.ErrorId));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    // a column that a server lacks is empty there
    [InlineData("select 1 as a, 'x' as b", "select 2 as a", "connection,a,b\nc1,1,x\nc2,2,\n", "'c2' has no column 'b'")]
    // the order of the columns is that of their names' first server
    [InlineData("select 1 as a, 2 as b", "select 4 as B, 3 as A", "connection,a,b\nc1,1,2\nc2,3,4\n", null)]
    // numbers widen, other kinds are text with a word about it
    [InlineData("select 1 as a", "select 2.5 as a", "connection,a\nc1,1\nc2,2.5\n", null)]
    [InlineData("select 1 as a", "select 'x' as a", "connection,a\nc1,1\nc2,x\n", "'a' is integer on 'c1' and text on 'c2'")]
    // a column without a value says nothing of its kind
    [InlineData("select null as a", "select 5 as a", "connection,a\nc1,\nc2,5\n", null)]
    // a column of that name gets a number
    [InlineData("select 7 as connection", "select 8 as connection", "connection,connection_2\nc1,7\nc2,8\n", null)]
    public void Columns_go_by_their_names(string first, string second, string csv, string? warning)
    {
        Sqlite("c1", $"create view v as {first}");
        Sqlite("c2", $"create view v as {second}");
        var run = Run(task => (task.Connection, task.Query) = ("c?", "select * from v"));
        Assert.Equal(csv, Text(run.Files[0]));
        Assert.Equal(warning is null ? 0 : 1, run.Warnings.Length);
        Assert.All(run.Warnings, each => Assert.Contains(warning!, each, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_value_is_what_it_was()
    {
        const string Values =
            "select 1 as i, 1.25 as f, 'tä' as t, x'0102' as b, cast('2026-03-02' as text) as d, null as z, 9223372036854775807 as big";
        Sqlite("c1", $"create table v as {Values}");
        var gathered = Run(task => (task.Connection, task.Query, task.Format) = ("c*", "select * from v", [ReportFormat.Json]));
        var alone =
            Run(task => (task.Connection, task.Query, task.Format) = ("c1", "select 'c1' as connection, * from v", [ReportFormat.Json]));
        var rows = System.Text.Json.Nodes.JsonNode.Parse(Text(gathered.Files[0]))!.AsObject().Single().Value!;
        Assert.Equal(System.Text.Json.Nodes.JsonNode.Parse(Text(alone.Files[0]))!.ToJsonString(), rows.ToJsonString());
    }

    [Fact]
    public void Datasets_with_connections_of_their_own_are_gathered_too()
    {
        Sqlite("a-1", "create table t(n int); insert into t values (1)");
        Sqlite("a-2", "create table t(n int); insert into t values (2)");
        fixture.AddConnection("a-3", "Sqlite", "Data Source=" + Path.Combine(fixture.Folder, "gone.db"));
        var run = Run(task => task.Datasets =
        [
            new ReportDataset { Name = "All", Connection = "a-*", Query = "select n from t" },
            new ReportDataset { Name = "One", Connection = "a-1", Query = "select n from t" },
        ]);
        Assert.Equal(["a-3 (All)"], run.MissingConnections);
        Assert.Equal(3, run.Rows);
        Assert.Equal(3, run.Files.Length);
        Assert.Contains("connection,n\na-1,1\na-2,2\n", run.Files.Select(Text));
        Assert.Contains("n\n1\n", run.Files.Select(Text));
    }

    [Fact]
    public void A_query_that_takes_too_long_on_one_server_is_cancelled_there_alone()
    {
        using var real = new RunFixture(TimeProvider.System);
        foreach (var (name, view) in new[] { ("c1", "select 1 as n"),
            ("c2", "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) as n from r") })
        {
            var path = Path.Combine(real.Folder, name + ".db");
            Execute(path, $"create view v as {view}");
            real.AddConnection(name, "Sqlite", "Data Source=" + path);
        }

        real.AddTask("t", task => (task.Connection, task.Query, task.Timeout) = ("c*", "select * from v", TimeSpan.FromSeconds(3)));
        using var worker = real.Worker();
        var run = worker.RunNow(real.Store.FindTask("t")!, RunTrigger.Manual, TimeProvider.System.GetUtcNow(), RunOptions.None, _ => { },
            CancellationToken.None);
        Assert.Equal((RunOutcome.PartialData, "c2"), (run.Outcome, Assert.Single(run.MissingConnections)));
        Assert.Contains("took longer than 0:00:03 on 'c2'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SqlServer", "Data Source=old;Initial Catalog=d", "new,1444", "Data Source=new,1444;Initial Catalog=d")]
    [InlineData("PostgreSql", "Host=old;Port=5433;Database=d", "new", "Host=new;Port=5433;Database=d")]
    [InlineData("PostgreSql", "Host=old;Database=d", "new:5444", "Host=new;Database=d;Port=5444")]
    [InlineData("MySql", "Server=old;Database=d", "new:3307", "Server=new;Port=3307;Database=d")]
    public void Another_server_takes_the_place_of_the_connections_own(string provider, string text, string server, string moved)
    {
        fixture.AddConnection("c", provider, text);
        var session = DatabaseSession.Of(fixture.Store.Connections.Find("c")!, fixture.Store.Secrets).MovedTo(server);
        Assert.Equal(moved, session.ConnectionString, ignoreCase: true);
    }

    [Fact]
    public void A_file_is_no_server()
    {
        var run = Run(task => task.Server = ["a", "b"]);
        Assert.Equal("NoServerGaveRows", run.ErrorId);
        Assert.Contains("give their names or a wildcard", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all results", "GatheringNotUsable")]
    [InlineData("servers of several", "GatheringNotUsable")]
    [InlineData("servers of a wildcard", "GatheringNotUsable")]
    [InlineData("empty server", "GatheringNotUsable")]
    [InlineData("no such name", "ConnectionNotFound")]
    [InlineData("too many", "ValueOutOfRange")]
    public void What_cannot_be_gathered_is_refused_when_it_is_made(string what, string id)
    {
        var problem = Assert.Throws<ReportException>(() => fixture.AddTask("t", task =>
        {
            switch (what)
            {
                case "all results": (task.Connection, task.AllResults) = ("m*", true); break;
                case "servers of several": (task.FurtherConnections, task.Server) = (["mem"], ["a"]); break;
                case "servers of a wildcard": (task.Connection, task.Server) = ("m*", ["a"]); break;
                case "empty server": task.Server = ["a", " "]; break;
                case "no such name": task.FurtherConnections = ["nobody"]; break;
                default: task.MaxServers = 65; break;
            }
        }));
        Assert.Equal(id, problem.ErrorId);
    }

    private ReportRun Run(Action<ReportTask> change)
    {
        var name = $"t{Guid.NewGuid():n}";
        fixture.AddTask(name, task =>
        {
            task.Query = "select n from t order by n";
            change(task);
        });
        using var worker = fixture.Worker();
        return worker.RunNow(fixture.Store.FindTask(name)!, RunTrigger.Manual, fixture.Clock.GetUtcNow(), RunOptions.None, _ => { },
            CancellationToken.None);
    }

    private void Sqlite(string name, string sql)
    {
        var path = Path.Combine(fixture.Folder, string.Create(CultureInfo.InvariantCulture, $"{name}.db"));
        Execute(path, sql);
        fixture.AddConnection(name, "Sqlite", "Data Source=" + path);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection("Data Source=" + path + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Text(string path) => File.ReadAllText(path).TrimStart('\uFEFF').ReplaceLineEndings("\n");
}
