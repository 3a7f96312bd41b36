using System.Net;
using ReportScheduler.Runs;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources;

/// <summary>What is tried again within a run, what only when it is asked for, and what never.</summary>
public sealed class PassingFailureTests(PostgreSqlServer postgres, MariaDbServer maria) : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly TdsResponder responder = new(new Dictionary<string, TdsValue>());

    public void Dispose()
    {
        responder.Dispose();
        fixture.Dispose();
    }

    [Theory]
    // number, severity, id of the failure, whether it is made good by itself, and with -RetryQuery
    [InlineData(1205, 13, "QueryDeadlocked", true, true)]
    [InlineData(3960, 16, "QueryDeadlocked", true, true)]
    [InlineData(601, 12, "QueryDeadlocked", true, true)]
    [InlineData(1222, 16, "QueryLocked", false, true)]
    // an error in the data
    [InlineData(8134, 16, "QueryFailed", false, false)]
    [InlineData(50000, 16, "QueryFailed", false, false)]
    [InlineData(208, 16, "QueryFailed", false, false)]
    [InlineData(229, 14, "QueryDenied", false, false)]
    // on Linux a lost connection has the number 0
    [InlineData(0, 20, "ReadFailed", false, true)]
    [InlineData(596, 21, "ReadFailed", false, true)]
    // the server cannot now, whatever the query
    [InlineData(10928, 16, "ReadFailed", false, true)]
    [InlineData(49918, 16, "ReadFailed", false, true)]
    [InlineData(40197, 17, "ReadFailed", false, true)]
    [InlineData(983, 14, "ReadFailed", false, true)]
    [InlineData(8645, 17, "ReadFailed", false, true)]
    public void A_query_of_SQL_Server_is_run_again_where_it_is_not_to_blame(int number, byte severity, string id, bool byItself,
        bool whenAsked)
    {
        foreach (var afterRows in new[] { false, true })
        {
            Assert.Equal(id, Run(afterRows, retry: 0, retryQuery: true).ErrorId);
            Assert.Equal(byItself, Run(afterRows, retry: 1, retryQuery: false).Outcome == RunOutcome.Succeeded);
            Assert.Equal(whenAsked, Run(afterRows, retry: 1, retryQuery: true).Outcome == RunOutcome.Succeeded);
        }

        ReportRun Run(bool afterRows, int retry, bool retryQuery)
        {
            var tries = 0;
            responder.Script = _ => tries++ > 0 ? [.. TdsResponder.Rows(7, 8), .. TdsResponder.End(2)]
                : [.. afterRows ? TdsResponder.Rows(1, 2, 3) : [], .. TdsResponder.Error(number, severity, "It went wrong.")];
            return Make(ReportProvider.SqlServer, responder.Text(), "SELECT v FROM t", retry, retryQuery, rows: 2);
        }
    }

    [Theory]
    [InlineData("40P01", "QueryDeadlocked", true)]
    [InlineData("40001", "QueryDeadlocked", true)]
    [InlineData("55P03", "QueryLocked", false)]
    [InlineData("57P01", "ReadFailed", false)]
    [InlineData("22012", "QueryFailed", false)]
    [InlineData("P0001", "QueryFailed", false)]
    public void A_query_of_PostgreSQL_is_run_again_where_it_is_not_to_blame(string state, string id, bool byItself)
    {
        postgres.Execute($"""
            DROP SEQUENCE IF EXISTS tries_{state}; CREATE SEQUENCE tries_{state};
            CREATE OR REPLACE FUNCTION fail_{state}(n int) RETURNS int LANGUAGE plpgsql AS $$
            BEGIN
              IF n = 3000 AND nextval('tries_{state}') = 1 THEN RAISE EXCEPTION 'went wrong' USING ERRCODE = '{state}'; END IF;
              RETURN n;
            END $$
            """);
        var sql = $"SELECT fail_{state}(n), repeat('x', 100) FROM generate_series(1, 5000) n";
        Assert.Equal(id, Make(ReportProvider.PostgreSql, postgres.ConnectionString, sql, retry: 0, retryQuery: false, rows: 5000).ErrorId);
        postgres.Execute($"ALTER SEQUENCE tries_{state} RESTART");
        Assert.Equal(byItself, Make(ReportProvider.PostgreSql, postgres.ConnectionString, sql, retry: 2, retryQuery: false,
            rows: 5000).Outcome == RunOutcome.Succeeded);
    }

    [Theory]
    [InlineData(1213, "40001", "QueryDeadlocked", true)]
    [InlineData(1205, "HY000", "QueryLocked", false)]
    [InlineData(1644, "45000", "QueryFailed", false)]
    public void A_query_of_MariaDB_is_run_again_where_it_is_not_to_blame(int number, string state, string id, bool byItself)
    {
        maria.Execute($"CREATE OR REPLACE SEQUENCE tries_{number}");
        maria.Execute($"""
            CREATE OR REPLACE FUNCTION fail_{number}(n INT) RETURNS INT MODIFIES SQL DATA
            BEGIN
              IF n = 300 AND NEXTVAL(tries_{number}) = 1 THEN SIGNAL SQLSTATE '{state}' SET MYSQL_ERRNO = {number}, MESSAGE_TEXT = 'went wrong'; END IF;
              RETURN n;
            END
            """);
        var sql = $"SELECT fail_{number}(seq), REPEAT('x', 1000) FROM seq_1_to_500";
        Assert.Equal(id, Make(ReportProvider.MySql, maria.ConnectionString, sql, retry: 0, retryQuery: false, rows: 500).ErrorId);
        maria.Execute($"ALTER SEQUENCE tries_{number} RESTART");
        Assert.Equal(byItself, Make(ReportProvider.MySql, maria.ConnectionString, sql, retry: 2, retryQuery: false, rows: 500).Outcome
            == RunOutcome.Succeeded);
    }

    [Theory]
    [InlineData(49918)]
    [InlineData(10928)]
    [InlineData(4221)]
    [InlineData(615)]
    [InlineData(42108)]
    [InlineData(17142)]
    [InlineData(18401)]
    [InlineData(983)]
    [InlineData(976)]
    [InlineData(978)]
    [InlineData(922)]
    [InlineData(926)]
    [InlineData(40613)]
    public void A_server_that_takes_no_login_now_is_asked_again(int number)
    {
        var logins = 0;
        responder.LoginScript = () => logins++ == 0 ? TdsResponder.Error(number, 16, "Not now.") : null;
        responder.Script = _ => [.. TdsResponder.Rows(7, 8), .. TdsResponder.End(2)];
        Assert.Equal(RunOutcome.Succeeded,
            Make(ReportProvider.SqlServer, responder.Text(), "SELECT v FROM t", retry: 1, retryQuery: false, rows: 2).Outcome);
        Assert.Equal(2, logins);
    }

    [Fact]
    public void An_error_in_the_data_does_not_say_that_the_report_should_be_run_again()
    {
        responder.Script = _ => [.. TdsResponder.Rows(1), .. TdsResponder.Error(8134, 16, "Divide by zero error encountered.")];
        var run = Make(ReportProvider.SqlServer, responder.Text(), "SELECT 10/(id-2) FROM t", retry: 3, retryQuery: true, rows: 0);
        Assert.Contains("Divide by zero", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("again", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Single(responder.Statements);
    }

    [Fact]
    public async Task One_address_that_takes_the_connection_is_enough()
    {
        // 192.0.2.1 is silent wherever it is (RFC 5737), and a refusing one is not the end
        await PortProbe.AnyAsync([IPAddress.Parse("192.0.2.1"), IPAddress.IPv6Loopback, IPAddress.Loopback], responder.Port,
            new CancellationTokenSource(Databases.Limit).Token);
    }

    private ReportRun Make(string provider, string text, string sql, int retry, bool retryQuery, long rows)
    {
        fixture.AddConnection("db", provider, text);
        var name = Guid.NewGuid().ToString("N");
        fixture.AddTask(name, made => (made.Connection, made.Query, made.Every, made.StartAt, made.Retry,
            made.RetryQuery) = ("db", sql, null, null, retry, retryQuery));
        using var worker = fixture.Worker();
        var run = worker.RunNow(fixture.Store.FindTask(name)!, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { },
            CancellationToken.None);
        var csv = Directory.GetFiles(run.Folder!);
        if (run.Outcome == RunOutcome.Succeeded)
        {
            Assert.Equal((rows, (int)rows + 1), (run.Rows, File.ReadLines(Assert.Single(run.Files)).Count()));
            Assert.Equal(run.Files, csv.Where(file => file.EndsWith(".csv", StringComparison.Ordinal)));
        }
        else
        {
            Assert.Empty(csv);
        }

        return run;
    }
}
