using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;
using Npgsql;
using ReportScheduler.Sources;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources;

public sealed class ReportDatabaseTests(PostgreSqlServer postgres, MariaDbServer maria) : IDisposable
{
    private const string Wrong = "hunter2";
    private readonly string folder = Directory.CreateTempSubdirectory("queries-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // dead host
    [InlineData("postgresql://u:hunter2@nohost.invalid/x", "HostUnknown", ReportErrorCategory.ResourceUnavailable, "nohost.invalid",
        "No computer is known by the name 'nohost.invalid'.")]
    [InlineData("mysql://u:hunter2@nohost.invalid/x", "HostUnknown", ReportErrorCategory.ResourceUnavailable, "nohost.invalid",
        "No computer is known")]
    [InlineData("mssql://u:hunter2@nohost.invalid/x", "HostUnknown", ReportErrorCategory.ResourceUnavailable, "nohost.invalid",
        "No computer is known")]
    // refused port
    [InlineData("postgresql://u:hunter2@127.0.0.1:1/x", "ConnectionRefused", ReportErrorCategory.ConnectionError, "127.0.0.1:1",
        "'127.0.0.1:1' refused the connection.")]
    [InlineData("mysql://u:hunter2@127.0.0.1:1/x", "ConnectionRefused", ReportErrorCategory.ConnectionError, "127.0.0.1:1",
        "refused the connection")]
    [InlineData("mssql://u:hunter2@127.0.0.1:1/x", "ConnectionRefused", ReportErrorCategory.ConnectionError, "127.0.0.1:1",
        "refused the connection")]
    // wrong password
    [InlineData("postgresql://postgres:hunter2@127.0.0.1:{pg}/postgres", "LoginRefused", ReportErrorCategory.AuthenticationError,
        "postgres", "refused the login of 'postgres'")]
    [InlineData("postgresql://postgres@127.0.0.1:{pg}/postgres", "LoginRefused", ReportErrorCategory.AuthenticationError, "postgres",
        "refused the login of 'postgres'")]
    [InlineData("mysql://report:hunter2@127.0.0.1:{my}/test", "LoginRefused", ReportErrorCategory.AuthenticationError, "report",
        "refused the login of 'report'")]
    // missing database
    [InlineData("postgresql://postgres:{pgpw}@127.0.0.1:{pg}/nowhere", "DatabaseMissing", ReportErrorCategory.ObjectNotFound, "nowhere",
        "has no database 'nowhere'")]
    [InlineData("mysql://report:{mypw}@127.0.0.1:{my}/nowhere", "DatabaseMissing", ReportErrorCategory.ObjectNotFound, "nowhere",
        "has no database 'nowhere'")]
    [InlineData("sqlite:////no/such/file.db", "DatabaseFileMissing", ReportErrorCategory.ObjectNotFound, "/no/such/file.db",
        "There is no SQLite file '/no/such/file.db'.")]
    // bad certificate
    [InlineData("postgresql://postgres:{pgpw}@127.0.0.1:{pg}/postgres?sslmode=verify-full", "CertificateNotTrusted",
        ReportErrorCategory.AuthenticationError, "127.0.0.1:{pg}", "is not trusted by this computer")]
    [InlineData("mysql://report:{mypw}@127.0.0.1:{my}/test?ssl_mode=VERIFY_IDENTITY", "CertificateNotTrusted",
        ReportErrorCategory.AuthenticationError, "127.0.0.1:{my}", "is not trusted by this computer")]
    public void A_connection_that_cannot_be_used_says_why(string url, string id, ReportErrorCategory category, string target, string words)
    {
        var problem = Assert.Throws<ReportException>(() =>
            ReportDatabase.Open(Databases.Connection(null, Fill(url)), new PlainSecrets(), retry: 0, TimeSpan.FromSeconds(5),
                CancellationToken.None));
        Assert.Equal((id, category, (object)Fill(target)), (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        AssertSaysNoSecret(problem);
    }

    [Fact]
    public void A_silent_server_is_given_up_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        foreach (var scheme in new[] { "postgresql", "mysql", "mssql" })
        {
            var watch = Stopwatch.StartNew();
            var problem = Assert.Throws<ReportException>(() => ReportDatabase.Open(
                Databases.Connection(null, $"{scheme}://u:hunter2@127.0.0.1:{port}/x"), new PlainSecrets(), retry: 0,
                TimeSpan.FromSeconds(1), CancellationToken.None));
            Assert.True(problem.ErrorId == "ConnectionTimedOut", $"{scheme}: {problem}");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(13), $"{scheme}: {watch.Elapsed}");
            AssertSaysNoSecret(problem);
        }
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        var file = Path.Combine(folder, "note.txt");
        File.WriteAllText(file, new string('x', 2000));
        var problem = Assert.Throws<ReportException>(() => Databases.Open(ReportProvider.Sqlite, file));
        Assert.Equal(("NotADatabase", ReportErrorCategory.InvalidData, (object)file),
            (problem.ErrorId, problem.Category, problem.ErrorTarget));
    }

    [Fact]
    public void A_SQLite_file_is_only_read_unless_the_connection_says_more()
    {
        var file = Path.Combine(folder, "a.db");
        using (var made = Databases.Open(ReportProvider.Sqlite, $"Data Source={file};Mode=ReadWriteCreate"))
        {
            made.Row("CREATE TABLE t (n INTEGER); SELECT 1");
        }

        using var database = Databases.Open(ReportProvider.Sqlite, file);
        Assert.Equal("ConnectionReadsOnly",
            Assert.Throws<ReportException>(() => database.Row("INSERT INTO t VALUES (1); SELECT 1")).ErrorId);
        using var memory = Databases.Open(ReportProvider.Sqlite, ":memory:");
        Assert.Equal(1L, memory.Row("SELECT 1").Single().Value);
    }

    [Fact]
    public void The_case_of_a_parameter_name_does_not_matter_to_SQLite_either()
    {
        using var database = Databases.Open(ReportProvider.Sqlite, ":memory:");
        Assert.Equal([1L, 1L, 2L], database.Row("SELECT @day, @DAY, :Region -- @Unused", ("Day", 1L), ("REGION", 2L), ("unused", 3L))
            .Select(value => value.Value));
    }

    [Theory]
    [InlineData("selec 1", "QueryFailed", ReportErrorCategory.InvalidData)]
    [InlineData("select * from no_such_table", "QueryFailed", ReportErrorCategory.InvalidData)]
    [InlineData("select no_such_column from (select 1 as a) t", "QueryFailed", ReportErrorCategory.InvalidData)]
    [InlineData("select no_such_function(1)", "QueryFailed", ReportErrorCategory.InvalidData)]
    [InlineData("select @day", "ParameterMissing", ReportErrorCategory.InvalidArgument)]
    [InlineData("", "QueryFailed", ReportErrorCategory.InvalidData)]
    public void A_query_that_cannot_be_run_says_why(string sql, string id, ReportErrorCategory category)
    {
        foreach (var (provider, text) in Servers())
        {
            using var database = Databases.Open(provider, text);
            var problem = Assert.Throws<ReportException>(() => database.Row(sql));
            Assert.True((problem.ErrorId, problem.Category) == (id, category) || (sql.Length == 0 && problem.ErrorId == "NoResultSet"),
                $"{provider}: {problem}");
            Assert.Equal(id == "ParameterMissing" ? "day" : sql.Length == 0 ? problem.ErrorTarget : sql, problem.ErrorTarget);
            AssertSaysNoSecret(problem);
        }
    }

    [Fact]
    public void A_statement_that_gives_no_columns_is_no_dataset()
    {
        using var database = Databases.Open(ReportProvider.PostgreSql, postgres.ConnectionString);
        Assert.Equal("NoResultSet", Assert.Throws<ReportException>(() => database.Row("CREATE TEMP TABLE nothing (n int)")).ErrorId);
    }

    [Fact]
    public void A_login_without_the_right_to_read_is_told_apart()
    {
        postgres.Execute("DROP SCHEMA IF EXISTS vault CASCADE; CREATE SCHEMA vault; CREATE TABLE vault.t (n int); "
            + "DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'guest'");
        using var database = Databases.Open(ReportProvider.PostgreSql,
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Username = "guest", Password = "guest" }.ConnectionString);
        var problem = Assert.Throws<ReportException>(() => database.Row("SELECT * FROM vault.t"));
        Assert.Equal(("QueryDenied", ReportErrorCategory.PermissionDenied), (problem.ErrorId, problem.Category));
    }

    [Fact]
    public void Stopping_cancels_a_waiting_query_on_a_PostgreSQL_server() =>
        AssertStops(ReportProvider.PostgreSql, postgres.ConnectionString, "SELECT pg_sleep(600), 'stop-1'", () =>
            postgres.Scalar("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%stop-1%' AND pid <> "
                + "pg_backend_pid()") is 0L);

    [Fact]
    public void Stopping_cancels_a_waiting_query_on_a_MariaDB_server() =>
        AssertStops(ReportProvider.MySql, maria.ConnectionString, "SELECT SLEEP(600), 'stop-2'", () =>
            Convert.ToInt64(
                maria.Scalar("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%stop-2%' AND id <> CONNECTION_ID()"),
                null) == 0);

    [Fact]
    public void Stopping_ends_a_busy_SQLite_query() =>
        AssertStops(ReportProvider.Sqlite, ":memory:",
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c", () => true);

    [Fact]
    public void Stopping_while_rows_are_read_cancels_on_the_server()
    {
        using var stop = new CancellationTokenSource();
        using var database = Databases.Open(ReportProvider.PostgreSql, postgres.ConnectionString);
        using var reader =
            database.Execute("SELECT generate_series(1, 100000000), repeat('x', 1000), 'stop-3'", [], Databases.Limit, stop.Token);
        for (var row = 0; row < 100; row++)
        {
            Assert.True(reader.Read());
        }

        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (reader.Read())
            {
            }
        });
        Assert.True(SpinWait.SpinUntil(
            () => postgres.Scalar("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%stop-3%' AND pid <> "
                + "pg_backend_pid()") is 0L, Databases.Limit));
    }

    [Fact]
    public void Leaving_the_rest_of_the_rows_does_not_fetch_them()
    {
        using var database = Databases.Open(ReportProvider.PostgreSql, postgres.ConnectionString);
        var watch = Stopwatch.StartNew();
        using (var reader = database.Execute("SELECT generate_series(1, 1000000000)", [], Databases.Limit, CancellationToken.None))
        {
            Assert.True(reader.Read());
        }

        Assert.True(watch.Elapsed < Databases.Limit, $"{watch.Elapsed}");
        Assert.Equal(2, database.Row("SELECT 2").Single().Value);
    }

    [Fact]
    public void A_query_that_outlasts_its_time_on_a_server_is_ended_by_the_client_as_well()
    {
        using var database = Databases.Open(ReportProvider.PostgreSql, postgres.ConnectionString);
        var problem = Assert.Throws<ReportException>(
            () => database.Execute("SELECT pg_sleep(60)", [], TimeSpan.FromSeconds(-4), CancellationToken.None));
        Assert.Equal(("QueryTimedOut", ReportErrorCategory.OperationTimeout), (problem.ErrorId, problem.Category));
    }

    [Fact]
    public void A_refused_login_is_not_tried_again_but_a_refused_port_is()
    {
        var watch = Stopwatch.StartNew();
        Assert.Throws<ReportException>(() => Try("postgresql://postgres:hunter2@127.0.0.1:{pg}/postgres", retry: 10));
        // ten more attempts would wait for minutes
        Assert.True(watch.Elapsed < Databases.Limit, $"{watch.Elapsed}");
        watch.Restart();
        Assert.Throws<ReportException>(() => Try("postgresql://postgres:hunter2@127.0.0.1:1/postgres", retry: 1));
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(400), $"{watch.Elapsed}");

        void Try(string url, int retry) => ReportDatabase
            .Open(Databases.Connection(null, Fill(url)), new PlainSecrets(), retry, Databases.Limit, CancellationToken.None).Dispose();
    }

    private static void AssertStops(string provider, string text, string sql, Func<bool> isGone)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        using var database = Databases.Open(provider, text);
        var watch = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            using var reader = database.Execute(sql, [], TimeSpan.FromMinutes(5), stop.Token);
            reader.Read();
            stop.Token.ThrowIfCancellationRequested();
        });
        Assert.True(watch.Elapsed < Databases.Limit, $"{watch.Elapsed}");
        Assert.True(SpinWait.SpinUntil(isGone, Databases.Limit));
    }

    private static void AssertSaysNoSecret(ReportException problem)
    {
        foreach (var secret in new[] { Wrong, PostgreSqlServer.Password, MariaDbServer.Password })
        {
            Assert.DoesNotContain(secret, problem.ToString(), StringComparison.Ordinal);
        }
    }

    private IEnumerable<(string, string)> Servers() =>
    [
        (ReportProvider.PostgreSql, postgres.ConnectionString), (ReportProvider.MySql, maria.ConnectionString),
        (ReportProvider.Sqlite, ":memory:"),
    ];

    private string Fill(string url) => !url.Contains('{', StringComparison.Ordinal) ? url : url
        .Replace("{pgpw}", Uri.EscapeDataString(PostgreSqlServer.Password), StringComparison.Ordinal)
        .Replace("{mypw}", Uri.EscapeDataString(MariaDbServer.Password), StringComparison.Ordinal)
        .Replace("{pg}",
            url.Contains("{pg}", StringComparison.Ordinal) ? $"{new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port}" : "",
            StringComparison.Ordinal)
        .Replace("{my}",
            url.Contains("{my}", StringComparison.Ordinal) ? $"{new MySqlConnectionStringBuilder(maria.ConnectionString).Port}" : "",
            StringComparison.Ordinal);
}
