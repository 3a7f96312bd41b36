using ReportScheduler.Rows;
using ReportScheduler.Runs;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers.Odbc;
using ReportScheduler.Sources.Providers.SqlServer;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources;

/// <summary>Connections for reading only, and connections that a number of reports at most may use at once.</summary>
public sealed class ReadOnlyTests(PostgreSqlServer postgres, MariaDbServer maria) : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("CREATE TABLE ro_made (a int)")]
    [InlineData("INSERT INTO ro_t VALUES (2) RETURNING a")]
    [InlineData("WITH d AS (DELETE FROM ro_t RETURNING a) SELECT a FROM d")]
    // a query that lets itself write
    [InlineData("SET default_transaction_read_only = off; INSERT INTO ro_t VALUES (2) RETURNING a")]
    [InlineData("START TRANSACTION READ /* x */ WRITE; INSERT INTO ro_t VALUES (2) RETURNING a")]
    [InlineData("SELECT set_config('default_transaction_read_only', 'off', false)")]
    [InlineData("RESET ALL; INSERT INTO ro_t VALUES (2) RETURNING a")]
    public void PostgreSQL_lets_a_report_read_only(string sql)
    {
        postgres.Execute("CREATE TABLE IF NOT EXISTS ro_t (a int)");
        Assert.Equal("ConnectionReadsOnly", Open(ReportProvider.PostgreSql, postgres.ConnectionString, sql)?.ErrorId);
        Assert.Null(Open(ReportProvider.PostgreSql, postgres.ConnectionString, "SELECT count(*) FROM ro_t"));
    }

    [Theory]
    [InlineData("CREATE TABLE ro_made (a int)")]
    [InlineData("INSERT INTO ro_t VALUES (2)")]
    [InlineData("UPDATE ro_t SET a = 1")]
    [InlineData("SET SESSION TRANSACTION READ WRITE; INSERT INTO ro_t VALUES (2)")]
    [InlineData("SET @@session.tx_read_only = 0; INSERT INTO ro_t VALUES (2)")]
    public void MariaDB_lets_a_report_read_only(string sql)
    {
        maria.Execute("CREATE TABLE IF NOT EXISTS ro_t (a int)");
        maria.Execute("INSERT INTO ro_t VALUES (1)");
        Assert.Equal("ConnectionReadsOnly", Open(ReportProvider.MySql, maria.ConnectionString, sql)?.ErrorId);
        Assert.Null(Open(ReportProvider.MySql, maria.ConnectionString, "SELECT count(*) FROM ro_t"));
    }

    [Theory]
    [InlineData(";Mode=ReadWrite", "INSERT INTO t VALUES (2) RETURNING a")]
    [InlineData(";Mode=ReadWriteCreate", "CREATE TABLE u (a)")]
    [InlineData("", "DELETE FROM t RETURNING a")]
    public void SQLite_lets_a_report_read_only(string mode, string sql)
    {
        var file = Path.Combine(fixture.Folder, "t.db");
        using (var made = Databases.Open(ReportProvider.Sqlite, $"Data Source={file};Mode=ReadWriteCreate"))
        {
            made.Execute("CREATE TABLE t AS SELECT 1 AS a; SELECT 1", [], Databases.Limit, CancellationToken.None).Dispose();
        }

        Assert.Equal("ConnectionReadsOnly", Open(ReportProvider.Sqlite, $"Data Source={file}{mode}", sql)?.ErrorId);
        Assert.Null(Open(ReportProvider.Sqlite, $"Data Source={file}{mode}", "SELECT a FROM t"));
        Assert.Equal("ConnectionReadsOnly", Open(ReportProvider.Sqlite, ":memory:", "CREATE TABLE t (a)")?.ErrorId);
    }

    [Theory]
    // what changes data
    [InlineData("INSERT INTO t VALUES (1)", "INSERT")]
    [InlineData("SELECT 1; UPDATE t SET a = 1", "UPDATE")]
    [InlineData("WITH c AS (SELECT 1 AS a) DELETE FROM t", "DELETE")]
    [InlineData("SELECT * INTO copy FROM t", "SELECT INTO")]
    [InlineData("TRUNCATE TABLE t", "TRUNCATE")]
    [InlineData("CREATE TABLE t (a int)", "CREATE")]
    [InlineData("CREATE OR ALTER PROCEDURE p AS SELECT 1", "CREATE")]
    [InlineData("DROP TABLE IF EXISTS t", "DROP")]
    [InlineData("GRANT SELECT ON t TO ann", "GRANT")]
    [InlineData("SELECT 1\nGO\nMERGE INTO t USING s ON 1 = 1 WHEN MATCHED THEN DELETE;", "MERGE")]
    [InlineData("INSERT t OUTPUT inserted.a INTO @log VALUES (1)", "INSERT")]
    [InlineData("UPDATE x SET a = 1 FROM t AS x", "UPDATE")]
    // what does not
    [InlineData("SELECT 'INSERT INTO t', [update], \"delete\" FROM t -- DROP TABLE t", null)]
    [InlineData("SELECT a AS [create], t.updated FROM t WHERE deleted = 0", null)]
    [InlineData("SELECT a INTO #t FROM t; SELECT * FROM #t", null)]
    [InlineData("CREATE TABLE #t (a int); INSERT INTO #t VALUES (1); UPDATE #t SET a = 2; DROP TABLE IF EXISTS #t; SELECT 1", null)]
    [InlineData("CREATE TABLE #t (a int); CREATE CLUSTERED INDEX i ON #t (a); UPDATE x SET a = 1 FROM #t AS x; SELECT 1", null)]
    [InlineData("DECLARE @t TABLE (a int); INSERT @t SELECT 1; DELETE FROM @t; SELECT * FROM @t", null)]
    [InlineData("SELECT * FROM a INNER MERGE JOIN b ON a.id = b.id OPTION (MERGE JOIN)", null)]
    [InlineData("EXEC report.monthly @from = @since", null)]
    public void A_statement_of_SQL_Server_that_writes_is_found(string sql, string? statement)
    {
        var provider = new SqlServerProvider();
        Assert.Equal(statement, provider.Writes(provider.Read(sql)));
    }

    [Fact]
    public void SQL_Server_is_told_that_the_intent_is_to_read_and_gets_nothing_that_writes()
    {
        using var responder =
            new TdsResponder(new Dictionary<string, TdsValue>()) { Script = _ => [.. TdsResponder.Rows(1), .. TdsResponder.End(1)] };
        Assert.Equal("ConnectionReadsOnly", Open(ReportProvider.SqlServer, responder.Text(), "UPDATE t SET a = 1")?.ErrorId);
        Assert.DoesNotContain(responder.Statements, statement => statement.Sql.Contains("UPDATE", StringComparison.Ordinal));
        using var settings = new SqlServerProvider().Connect(new("Server=x", null, null, Databases.Limit, null, IsReadOnly: true));
        Assert.Contains("Application Intent=ReadOnly", settings.ConnectionString, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("CREATE TABLE ro_made AS SELECT 1 AS a")]
    [InlineData("INSERT INTO ro_o VALUES (2) RETURNING a")]
    [InlineData("WITH d AS (DELETE FROM ro_o RETURNING a) SELECT a FROM d")]
    public void PsqlODBC_lets_a_report_read_only(string sql)
    {
        postgres.Execute("CREATE TABLE IF NOT EXISTS ro_o (a int)");
        Assert.Equal("ConnectionReadsOnly", Open(ReportProvider.Odbc, PsqlOdbc(), sql)?.ErrorId);
        // fetched piece by piece, the driver refuses some of it itself
        Assert.NotNull(Open(ReportProvider.Odbc, PsqlOdbc() + ";UseDeclareFetch=1", sql));
        Assert.Null(Open(ReportProvider.Odbc, PsqlOdbc(), "SELECT count(*) FROM ro_o"));
    }

    [Theory]
    [InlineData("CREATE TABLE ro_made (a int)")]
    [InlineData("INSERT INTO ro_o VALUES (2)")]
    [InlineData("DELETE FROM ro_o")]
    public void The_ODBC_driver_of_MariaDB_lets_a_report_read_only(string sql)
    {
        Assert.SkipUnless(OdbcInstallation.DriverNames().Contains("MariaDB Unicode"),
            "the ODBC driver of MariaDB is not here: apt install odbc-mariadb");
        maria.Execute("CREATE TABLE IF NOT EXISTS ro_o (a int)");
        maria.Execute("INSERT INTO ro_o VALUES (1)");
        var text =
            $"Driver={{MariaDB Unicode}};Server=127.0.0.1;Port={maria.Port};Database=test;UID=report;PWD={{{MariaDbServer.Password}}}";
        Assert.Equal("ConnectionReadsOnly", Open(ReportProvider.Odbc, text, sql)?.ErrorId);
        Assert.Null(Open(ReportProvider.Odbc, text, "SELECT count(*) FROM ro_o"));
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES (2) RETURNING a")]
    [InlineData("CREATE TABLE u (a)")]
    [InlineData("DELETE FROM t")]
    public void Sqliteodbc_lets_a_report_read_only_and_makes_no_file(string sql)
    {
        RequireDrivers();
        var file = Path.Combine(fixture.Folder, "o.db");
        using (var made = Databases.Open(ReportProvider.Sqlite, $"Data Source={file};Mode=ReadWriteCreate"))
        {
            made.Execute("CREATE TABLE t AS SELECT 1 AS a; SELECT 1", [], Databases.Limit, CancellationToken.None).Dispose();
        }

        Assert.Equal("ConnectionReadsOnly", Open(ReportProvider.Odbc, $"Driver={{SQLite3}};Database={file}", sql)?.ErrorId);
        Assert.Null(Open(ReportProvider.Odbc, $"Driver={{SQLite3}};Database={file}", "SELECT a FROM t"));
        foreach (var isReadOnly in new[] { true, false })
        {
            var wrong = Databases.Connection(ReportProvider.Odbc, $"Driver={{SQLite3}};Database={file}x");
            wrong.ReadOnly = isReadOnly;
            Assert.Equal("DatabaseFileMissing", Assert.Throws<ReportException>(
                () => ReportDatabase.Open(wrong, new PlainSecrets(), 0, Databases.Limit, CancellationToken.None)).ErrorId);
            Assert.False(File.Exists(file + "x"));
        }
    }

    [Theory]
    [InlineData("Driver={Snowflake};Server=x", true)]
    [InlineData("Driver={Oracle in OraClient};DBQ=x", true)]
    [InlineData("Driver={MySQL ODBC 8.0 Unicode Driver};Server=x", true)]
    [InlineData("Driver={FreeTDS};Server=x", true)]
    [InlineData("Driver=/opt/oracle/libsqora.so.21.1;DBQ=x", true)]
    [InlineData("Driver={PostgreSQL Unicode(x64)};Server=x", false)]
    [InlineData("Driver=/usr/lib/x86_64-linux-gnu/odbc/psqlodbcw.so;Server=x", false)]
    [InlineData("Driver={MariaDB ODBC 3.1 Driver};Server=x", false)]
    [InlineData("Driver={SQLite3 ODBC Driver};Database=x", false)]
    [InlineData("DSN=not_here", false)]
    public void ODBC_reads_only_where_the_driver_was_tried(string text, bool isRefused)
    {
        var connection = Databases.Connection(ReportProvider.Odbc, text);
        connection.ReadOnly = true;
        var check = () => ConnectionDefinition.CheckReadOnly(connection);
        Assert.Equal(isRefused ? "ReadOnlyNotPossible" : null, (Record.Exception(check) as ReportException)?.ErrorId);
    }

    [Theory]
    [InlineData("psqlodbcw.so", "SET default_transaction_read_only = on")]
    [InlineData("PSQLODBC35W.DLL", "SET default_transaction_read_only = on")]
    [InlineData("libmaodbc.so", "SET SESSION TRANSACTION READ ONLY")]
    [InlineData("sqlite3odbc.dll", "PRAGMA query_only = ON")]
    [InlineData("libdevartodbcpostgresql.so", null)]
    [InlineData("myodbc8w.dll", null)]
    [InlineData("libtdsodbc.so", null)]
    public void The_library_that_is_open_decides(string library, string? sql) => Assert.Equal(sql, OdbcReading.Sql(library));

    [Fact]
    public void A_driver_with_the_name_of_another_one_is_found_out_when_it_is_open()
    {
        RequireDrivers();
        using var responder = new TdsResponder(new Dictionary<string, TdsValue>());
        var library = File.ReadLines("/etc/odbcinst.ini").SkipWhile(line => line != "[FreeTDS]")
            .First(line => line.StartsWith("Driver", StringComparison.Ordinal)).Split('=')[1].Trim();
        var link = Path.Combine(fixture.Folder, "psqlodbc-of-another.so");
        File.CreateSymbolicLink(link, Path.IsPathRooted(library) ? library : Path.Combine("/usr/lib/x86_64-linux-gnu/odbc", library));
        var connection = Databases.Connection(ReportProvider.Odbc,
            $"Driver={link};Server=127.0.0.1;Port={responder.Port};TDS_Version=7.4;UID=sa;PWD=x;Encryption=off");
        connection.ReadOnly = true;
        ConnectionDefinition.CheckReadOnly(connection);
        var problem = Assert.Throws<ReportException>(
            () => ReportDatabase.Open(connection, new PlainSecrets(), 0, Databases.Limit, CancellationToken.None));
        Assert.Equal("ReadOnlyNotPossible", problem.ErrorId);
        Assert.Empty(responder.Statements);
    }

    [Fact]
    public async Task A_report_waits_for_a_place_at_its_server_and_its_time_does_not_run()
    {
        var connection = fixture.Store.Connections.Find("mem")!;
        (connection.MaxConcurrent, connection.ReadOnly) = (1, false);
        fixture.Store.Connections.Put(connection, PutMode.Update);
        var task = fixture.AddTask("waits", made => (made.Timeout, made.Every, made.StartAt) = (TimeSpan.FromSeconds(5), null, null));
        var places = new DatabaseSources(fixture.Store).PlacesOf(task);
        var place = ServerSlots.Take(fixture.Store, places, CancellationToken.None);
        Assert.Single(place.Servers);
        using var worker = fixture.Worker();
        var running =
            Task.Run(() => worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None));
        await Assert.ThrowsAsync<TimeoutException>(() => running.WaitAsync(TimeSpan.FromSeconds(1)));
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<TimeoutException>(() => running.WaitAsync(TimeSpan.FromMilliseconds(300)));
        place.Dispose();
        var run = await running.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(run.Outcome == RunOutcome.Succeeded, run.Error);
    }

    [Fact]
    public void Waiting_ends_when_it_is_cancelled_and_places_are_counted_by_server()
    {
        ServerSlots Take(CancellationToken cancel, params SourcePlaces[] servers) => ServerSlots.Take(fixture.Store, servers, cancel);
        using var first = Take(CancellationToken.None, new SourcePlaces("a", 2));
        using var second = Take(CancellationToken.None, new SourcePlaces("A", 2));
        using var other = Take(CancellationToken.None, new SourcePlaces("b", 1));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => Take(stop.Token, new SourcePlaces("c", 1), new SourcePlaces("a", 2)));
        // what was taken while waiting was given back
        Take(CancellationToken.None, new SourcePlaces("c", 1)).Dispose();
    }

    private static void RequireDrivers() => Assert.SkipUnless(Providers.OdbcTests.HasDrivers, Providers.OdbcTests.NoDriver);

    private string PsqlOdbc()
    {
        RequireDrivers();
        var server = new Npgsql.NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        return $"Driver={{PostgreSQL "
            + $"Unicode}};Server=127.0.0.1;Port={server.Port};Database=postgres;UID=postgres;PWD={{{PostgreSqlServer.Password}}}";
    }

    private static ReportException? Open(string provider, string text, string sql)
    {
        var connection = Databases.Connection(provider, text);
        connection.ReadOnly = true;
        using var database = ReportDatabase.Open(connection, new PlainSecrets(), 0, Databases.Limit, CancellationToken.None);
        try
        {
            using var reader = database.Execute(sql, [], Databases.Limit, CancellationToken.None);
            while (reader.Read())
            {
            }

            return null;
        }
        catch (ReportException problem)
        {
            return problem;
        }
    }
}
