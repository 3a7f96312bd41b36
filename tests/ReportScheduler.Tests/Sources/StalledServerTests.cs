using System.Diagnostics;
using MySqlConnector;
using Npgsql;
using ReportScheduler.Runs;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources;

/// <summary>A run ends with its -Timeout, whatever the server does or does not do.</summary>
public sealed class StalledServerTests(PostgreSqlServer postgres, MariaDbServer maria)
{
    // the grace of five seconds, and a loaded machine
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(25);

    [Theory]
    [InlineData(ReportProvider.PostgreSql, false, "SELECT generate_series(1, 100000), repeat('x', 100)")]
    [InlineData(ReportProvider.PostgreSql, true, "SELECT generate_series(1, 100000), repeat('x', 100)")]
    // one row that never ends
    [InlineData(ReportProvider.PostgreSql, true, "SELECT repeat('x', 10000000)")]
    [InlineData(ReportProvider.MySql, false, "SELECT seq, REPEAT('x', 100) FROM seq_1_to_100000")]
    [InlineData(ReportProvider.MySql, true, "SELECT seq, REPEAT('x', 100) FROM seq_1_to_100000")]
    public void A_server_that_stalls_or_drips_while_rows_are_read_is_given_up(string provider, bool dripping, string sql)
    {
        using var relay = Relay(provider, out var text);
        (relay.StallAfter, relay.Dripping) = (20_000, dripping);
        AssertEnds(provider, text, sql);
    }

    [Theory]
    [InlineData(ReportProvider.PostgreSql, "SELECT pg_sleep(600)")]
    [InlineData(ReportProvider.MySql, "SELECT SLEEP(600)")]
    public void A_server_that_stalls_before_the_first_row_is_given_up(string provider, string sql)
    {
        using var relay = Relay(provider, out var text);
        using var fixture = new RunFixture();
        var task = Task(fixture, provider, text, sql);
        using var worker = fixture.Worker();
        var watch = Stopwatch.StartNew();
        // everything from the query on, and what the client sends to cancel it
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None,
            progress => relay.StallAfter = progress.Stage == RunStage.Query ? 5_000 : 0, Stop());
        Assert.Equal(nameof(RunErrors.RunCancelled), run.ErrorId);
        Assert.True(watch.Elapsed < Bound, $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData(ReportProvider.PostgreSql, "SELECT generate_series(1, 50000), repeat('x', 100)")]
    [InlineData(ReportProvider.MySql, "SELECT seq, REPEAT('x', 100) FROM seq_1_to_50000")]
    public void A_lost_connection_is_a_passing_failure_and_is_made_good_when_that_is_asked_for(string provider, string sql)
    {
        using var relay = Relay(provider, out var text);
        using var fixture = new RunFixture();
        var task = Task(fixture, provider, text, sql);
        using var worker = fixture.Worker();
        relay.CutAfter = 200_000;
        var lost = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.Equal((RunOutcome.Failed, nameof(ProviderErrors.ReadFailed)), (lost.Outcome, lost.ErrorId));
        Assert.Empty(Directory.GetFiles(lost.Folder!));

        (task.Retry, task.RetryQuery) = (2, true);
        relay.CutAfter = 200_000;
        var made = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.Equal((RunOutcome.Succeeded, 50_000), (made.Outcome, made.Rows));
        Assert.Contains("try 2 of 3", Assert.Single(made.Warnings), StringComparison.Ordinal);
        Assert.Equal(made.Files, Directory.GetFiles(made.Folder!, "*.csv"));
        Assert.Equal(50_001, File.ReadLines(Assert.Single(made.Files)).Count());
    }

    private static void AssertEnds(string provider, string text, string sql)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        using (var fixture = new RunFixture())
        {
            var task = Task(fixture, provider, text, sql);
            using var worker = fixture.Worker();
            var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, stop.Token);
            Assert.Equal(nameof(RunErrors.RunCancelled), run.ErrorId);
            Assert.Empty(Directory.GetFiles(run.Folder!));
        }

        Assert.True(watch.Elapsed < Bound, $"{watch.Elapsed}");
    }

    private static CancellationToken Stop() => new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token;

    private static ReportTask Task(RunFixture fixture, string provider, string text, string sql)
    {
        fixture.AddConnection("relayed", provider, text);
        return fixture.AddTask("t", made => (made.Connection, made.Query, made.Every, made.StartAt) = ("relayed", sql, null, null));
    }

    private RelayServer Relay(string provider, out string text)
    {
        var original = provider == ReportProvider.PostgreSql ? postgres.ConnectionString : maria.ConnectionString;
        var relay = new RelayServer(provider == ReportProvider.PostgreSql ? postgres.Port : maria.Port);
        text = provider == ReportProvider.PostgreSql
            ? new NpgsqlConnectionStringBuilder(original) { Port = relay.Port }.ConnectionString
            : new MySqlConnectionStringBuilder(original) { Port = (uint)relay.Port }.ConnectionString;
        return relay;
    }
}
