using Npgsql;
using ReportScheduler.Runs;
using ReportScheduler.Sources.Providers.PostgreSql;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources;

/// <summary>What surrounds the rows of a query: how the session begins, who the server
/// thinks is reading, what it says, and what it lets a query do.</summary>
public sealed class SessionTests(PostgreSqlServer postgres, MariaDbServer maria) : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly TdsResponder responder = new(new Dictionary<string, TdsValue>());

    public void Dispose()
    {
        responder.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void What_SQL_Server_says_is_kept_with_the_run_also_when_it_fails()
    {
        byte[] said = [.. TdsResponder.Info(5701, 0, "Changed database context to 'erp'."), .. TdsResponder.Info(0, 0, "halfway"),
            .. TdsResponder.Info(50000, 10, "nearly")];
        responder.Script = _ => [.. said, .. TdsResponder.Rows(1), .. TdsResponder.Info(0, 0, "done"), .. TdsResponder.End(1)];
        var run = Make("told", ReportProvider.SqlServer, responder.Text(), "PRINT 'halfway' SELECT 1");
        Assert.Equal((RunOutcome.Succeeded, "halfway, nearly, done"), (run.Outcome, string.Join(", ", run.Messages)));
        Assert.Equal(run.Messages, Assert.Single(fixture.Runs("told")).Messages);

        responder.Script = _ => [.. said, .. TdsResponder.Error(8134, 16, "Divide by zero error encountered.")];
        var failed = Make("failed", ReportProvider.SqlServer, responder.Text(), "SELECT 1/0");
        Assert.Equal((RunOutcome.Failed, "halfway, nearly"), (failed.Outcome, string.Join(", ", failed.Messages)));
        Assert.Contains("(error 8134, line 1)", failed.Error, StringComparison.Ordinal);
        Assert.Equal("SqlException", failed.Cause!.GetType().Name);
    }

    [Fact]
    public void What_PostgreSQL_says_is_kept_with_the_run()
    {
        postgres.Execute("CREATE OR REPLACE FUNCTION say() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'halfway'; "
            + "RAISE WARNING 'nearly'; RETURN 1; END $$");
        var run = Make("told", ReportProvider.PostgreSql, postgres.ConnectionString, "SELECT say()");
        Assert.Equal((RunOutcome.Succeeded, "NOTICE: halfway, WARNING: nearly"), (run.Outcome, string.Join(", ", run.Messages)));
    }

    [Fact]
    public void What_MariaDB_says_is_kept_with_the_run()
    {
        var run = Make("told", ReportProvider.MySql, maria.ConnectionString, "SELECT CAST('12 apples' AS INT) AS n");
        Assert.Equal(RunOutcome.Succeeded, run.Outcome);
        Assert.Contains("Warning: Truncated incorrect INTEGER value: '12 apples'", run.Messages);
    }

    [Theory]
    [InlineData("SELECT 1 AS v; SELECT 1/0")]
    [InlineData("SELECT 1 AS v; SELECT * FROM nowhere")]
    public void What_goes_wrong_behind_the_last_row_is_not_lost(string sql)
    {
        var run = Make("behind", ReportProvider.PostgreSql, postgres.ConnectionString, sql);
        Assert.Equal((RunOutcome.Failed, "QueryFailed"), (run.Outcome, run.ErrorId));
    }

    [Theory]
    [InlineData("Daily sales", "ReportScheduler: Daily sales")]
    [InlineData("A name that is longer than what the server keeps of it, and then some",
        "ReportScheduler: A name that is longer than what the server kee")]
    public void The_server_sees_which_task_reads(string task, string seen)
    {
        var run = Make(task, ReportProvider.PostgreSql, postgres.ConnectionString, "SELECT current_setting('application_name') AS a");
        Assert.Equal(seen, File.ReadLines(Assert.Single(run.Files)).Last());
        responder.Script = _ => [.. TdsResponder.Rows(1), .. TdsResponder.End(1)];
        Make(task + "2", ReportProvider.SqlServer, responder.Text(), "SELECT 1");
        Assert.StartsWith("ReportScheduler: " + task[..11], responder.Application, StringComparison.Ordinal);
        Make(task + "3", ReportProvider.SqlServer, responder.Text() + ";Application Name=mine", "SELECT 1");
        Assert.Equal("mine", responder.Application);
    }

    [Fact]
    public void Session_SQL_comes_before_the_query()
    {
        responder.Script = sql => sql.StartsWith("SET", StringComparison.Ordinal)
            ? TdsResponder.End(0)
            : [.. TdsResponder.Rows(1), .. TdsResponder.End(1)];
        Make("tds", ReportProvider.SqlServer, responder.Text(), "SELECT 1", "SET LOCK_TIMEOUT 5000");
        Assert.Equal(["SET LOCK_TIMEOUT 5000", "SELECT 1"], responder.Statements.Select(statement => statement.Sql));
        Assert.Equal("7MB", Only(Make("pg", ReportProvider.PostgreSql, postgres.ConnectionString, "SELECT current_setting('work_mem') AS v",
            "SET work_mem = '7MB'")));
        Assert.Equal("7",
            Only(Make("my", ReportProvider.MySql, maria.ConnectionString, "SELECT @@lock_wait_timeout AS v", "SET lock_wait_timeout = 7")));
        Assert.Equal("1", Only(Make("lite", ReportProvider.Sqlite, ":memory:", "SELECT n AS v FROM t", "CREATE TABLE t AS SELECT 1 AS n")));
    }

    [Fact]
    public void Session_SQL_of_SQL_Server_has_batches_too()
    {
        responder.Script = sql => sql.StartsWith("SET", StringComparison.Ordinal)
            ? TdsResponder.End(0)
            : [.. TdsResponder.Rows(1), .. TdsResponder.End(1)];
        Make("tds", ReportProvider.SqlServer, responder.Text(), "SELECT 1", "SET LOCK_TIMEOUT 1\nGO 2 -- twice\nSET DATEFORMAT ymd\ngo");
        Assert.Equal(
            ["SET LOCK_TIMEOUT 1", "SET LOCK_TIMEOUT 1", "SET DATEFORMAT ymd", "SELECT 1"],
            responder.Statements.Select(statement => statement.Sql.Trim()));
    }

    [Fact]
    public void Session_SQL_that_fails_is_told_from_the_query()
    {
        var run = Make("pg", ReportProvider.PostgreSql, postgres.ConnectionString, "SELECT 1", "SET no_such_thing = 1");
        Assert.Equal("InitSqlFailed", run.ErrorId);
        Assert.Contains("-InitSql", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ATTACH '{other}' AS other; SELECT 1 AS v")]
    [InlineData("VACUUM INTO '{new}'; SELECT 1 AS v")]
    [InlineData("vacuum main into '{new}'; SELECT 1 AS v")]
    [InlineData("ATTACH ':memory:' AS m; SELECT 1 AS v")]
    public void A_query_of_a_file_that_is_read_touches_no_other_file(string sql)
    {
        var (file, other, made) = (Path.Combine(fixture.Folder, "a.sqlite"), Path.Combine(fixture.Folder, "b.sqlite"),
            Path.Combine(fixture.Folder, "new.sqlite"));
        foreach (var path in new[] { file, other })
        {
            using var database = Databases.Open(ReportProvider.Sqlite, $"Data Source={path};Mode=ReadWriteCreate");
            database.Row("CREATE TABLE t AS SELECT 1 AS n; SELECT 1");
        }

        sql = sql.Replace("{other}", other, StringComparison.Ordinal).Replace("{new}", made, StringComparison.Ordinal);
        foreach (var text in new[] { file, $"Data Source={file};Mode=ReadOnly" })
        {
            var run = Make(Guid.NewGuid().ToString("N"), ReportProvider.Sqlite, text, sql);
            Assert.True(run.ErrorId == "QueryNotForReading", run.Error);
            Assert.False(File.Exists(made));
        }

        // who says so may
        Assert.Equal(RunOutcome.Succeeded, Make("write", ReportProvider.Sqlite, $"Data Source={file};Mode=ReadWrite", sql).Outcome);
        File.Delete(made);
        Assert.Equal(RunOutcome.Succeeded, Make("memory", ReportProvider.Sqlite, ":memory:", sql).Outcome);
        Assert.Equal("1", Only(Make("init", ReportProvider.Sqlite, file, "SELECT n AS v FROM other.t", $"ATTACH '{other}' AS other")));
    }

    [Theory]
    // what the process would have for all of its reports
    [InlineData("PRAGMA temp_store_directory = '{folder}'; SELECT 1 AS v", "QueryNotForReading")]
    [InlineData("pragma main.TEMP_STORE_DIRECTORY('{folder}'); SELECT 1 AS v", "QueryNotForReading")]
    [InlineData("PRAGMA data_store_directory = '{folder}'; SELECT 1 AS v", "QueryNotForReading")]
    [InlineData("PRAGMA hard_heap_limit = 1; SELECT 1 AS v", "QueryNotForReading")]
    [InlineData("PRAGMA soft_heap_limit(1); SELECT 1 AS v", "QueryNotForReading")]
    // URIs, and a name that is worked out
    [InlineData("ATTACH 'file:{folder}/b.sqlite?mode=ro' AS other; SELECT 1 AS v", "QueryNotForReading")]
    [InlineData("attach database 'file:{folder}/b.sqlite?mode=rwc&cache=shared' as other; SELECT 1 AS v", "QueryNotForReading")]
    [InlineData("ATTACH '{folder}' || '/b.sqlite' AS other; SELECT 1 AS v", "QueryNotForReading")]
    // what SQLite itself does not do for a file that is read
    [InlineData("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'x'; SELECT 1 AS v", "ConnectionReadsOnly")]
    [InlineData("PRAGMA query_only = OFF; DELETE FROM t; SELECT 1 AS v", "ConnectionReadsOnly")]
    [InlineData("PRAGMA user_version = 9; SELECT 1 AS v", "ConnectionReadsOnly")]
    [InlineData("SELECT * FROM pragma_hard_heap_limit(1)", "QueryFailed")]
    [InlineData("SELECT load_extension('{folder}/x.so') AS v", "QueryFailed")]
    [InlineData("SELECT readfile('/etc/passwd') AS v", "QueryFailed")]
    [InlineData("SELECT writefile('{folder}/x', 'x') AS v", "QueryFailed")]
    [InlineData("SELECT fts3_tokenizer('x') AS v", "QueryFailed")]
    [InlineData("PRAGMA journal_mode = WAL; SELECT 1 AS v", null)]
    [InlineData("PRAGMA wal_checkpoint(TRUNCATE); SELECT 1 AS v", null)]
    public void A_query_of_a_file_that_is_read_reaches_nothing_beside_it(string sql, string? errorId)
    {
        var file = Path.Combine(fixture.Folder, $"{Guid.NewGuid():N}.sqlite");
        using (var database = Databases.Open(ReportProvider.Sqlite, $"Data Source={file};Mode=ReadWriteCreate"))
        {
            database.Row("CREATE TABLE t AS SELECT 1 AS n; SELECT 1");
        }

        var before = File.ReadAllBytes(file);
        var run = Make(Guid.NewGuid().ToString("N"), ReportProvider.Sqlite, file,
            sql.Replace("{folder}", fixture.Folder, StringComparison.Ordinal));
        if (errorId is not null)
        {
            Assert.True(run.ErrorId == errorId, $"{run.ErrorId}: {run.Error}");
        }

        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.False(File.Exists(file + "-wal"));
        if (sql.StartsWith("pragma", StringComparison.OrdinalIgnoreCase) && errorId == "QueryNotForReading")
        {
            Assert.Equal(errorId, Make(Guid.NewGuid().ToString("N"), ReportProvider.Sqlite, ":memory:",
                sql.Replace("{folder}", fixture.Folder, StringComparison.Ordinal)).ErrorId);
        }

        Assert.Equal("1", Only(Make(Guid.NewGuid().ToString("N"), ReportProvider.Sqlite, file, "SELECT n AS v FROM t")));
    }

    [Theory]
    [InlineData("PRAGMA hard_heap_limit")]
    [InlineData("PRAGMA table_info(t)")]
    [InlineData("PRAGMA foreign_key_list('t')")]
    public void A_pragma_that_tells_something_is_a_query(string sql)
    {
        var file = Path.Combine(fixture.Folder, $"{Guid.NewGuid():N}.sqlite");
        using (var database = Databases.Open(ReportProvider.Sqlite, $"Data Source={file};Mode=ReadWriteCreate"))
        {
            database.Row("CREATE TABLE t AS SELECT 1 AS n; SELECT 1");
        }

        var run = Make(Guid.NewGuid().ToString("N"), ReportProvider.Sqlite, file, sql);
        Assert.True(run.Outcome == RunOutcome.Succeeded, run.Error);
    }

    [Fact]
    public void PostgreSQL_without_a_host_is_looked_for_where_libpq_does()
    {
        var problem = Assert.Throws<ReportException>(() => Databases.Open(ReportProvider.PostgreSql, "Database=c;Username=rep;Port=1"));
        Assert.Equal(("ConnectionRefused", (object)$"{PostgresPlace.Host(1)}:1"), (problem.ErrorId, problem.ErrorTarget));
    }

    [Fact]
    public void Several_hosts_of_PostgreSQL_are_tried_one_after_the_other()
    {
        var first = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        using var database = Databases.Open(ReportProvider.PostgreSql,
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Host = $"127.0.0.1:1,127.0.0.1:{first.Port}" }.ConnectionString);
        Assert.Equal(1, database.Row("SELECT 1").Single().Value);
    }

    [Theory]
    [InlineData("np:erp01")]
    [InlineData("lpc:erp01")]
    [InlineData("admin:erp01,1434")]
    [InlineData(@"(localdb)\MSSQLLocalDB")]
    public void An_address_that_Windows_alone_has_is_refused_elsewhere(string source)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has it.");
        Assert.Equal("AddressForWindowsOnly",
            Assert.Throws<ReportException>(() => Databases.Open(ReportProvider.SqlServer, $"Server={source}")).ErrorId);
    }

    [Fact]
    public void Integrated_security_without_a_ticket_names_Kerberos()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows logs in by itself.");
        var problem = Assert.Throws<ReportException>(
            () => Databases.Open(ReportProvider.SqlServer, $"Server=127.0.0.1,{responder.Port};Integrated Security=true;Encrypt=Optional"));
        Assert.True(problem.ErrorId == "KerberosNeeded", $"{problem}");
        Assert.Contains("kinit", problem.Message, StringComparison.Ordinal);
    }

    private static string Only(ReportRun run)
    {
        Assert.True(run.Outcome == RunOutcome.Succeeded, run.Error);
        return File.ReadLines(Assert.Single(run.Files)).Last();
    }

    private ReportRun Make(string name, string provider, string text, string sql, string? initSql = null)
    {
        fixture.AddConnection("db", provider, text, initSql);
        fixture.AddTask(name, made => (made.Connection, made.Query, made.Every, made.StartAt) = ("db", sql, null, null));
        using var worker = fixture.Worker();
        return worker.RunNow(fixture.Store.FindTask(name)!, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { },
            CancellationToken.None);
    }
}
