using System.Text.Json;
using Dapper;

namespace ReportScheduler.Store.Relational;

/// <summary>The runners of a store on all machines, in its database.</summary>
internal sealed class DatabaseRunnerRegistry(RelationalDatabase database) : IRunnerRegistry
{
    /// <summary>A runner says that it is alive twice a minute.</summary>
    private static readonly long Silent = RunnerLease.Length.Ticks;

    public IReadOnlyList<ReportSchedulerInfo> List() => database.Change((connection, transaction) =>
    {
        connection.Execute("delete from runner_info where seen_at < store_now() - @Silent", new { Silent }, transaction);
        var rows = connection.Query<(string Owner, long SeenAt, string Record)>(
            "select owner, seen_at, record from runner_info order by started_at, id", transaction: transaction);
        return (IReadOnlyList<ReportSchedulerInfo>)[.. rows.Select(row =>
        {
            var runner = JsonSerializer.Deserialize<ReportSchedulerInfo>(row.Record)!;
            (runner.Owner, runner.SeenAt) = (row.Owner, new DateTimeOffset(row.SeenAt, TimeSpan.Zero));
            return runner;
        }).Where(runner => RunOwner.IsAlive(runner.Owner) != false)];
    });

    public void Write(ReportSchedulerInfo runner) => database.Once(connection => connection.Execute(
        """
        insert into runner_info (id, seen_at, started_at, owner, record) values (@Id, store_now(), @StartedAt, @Owner, @Record)
        on conflict (id) do update set seen_at = excluded.seen_at, record = excluded.record
        """,
        new { runner.Id, StartedAt = runner.StartedAt.UtcTicks, runner.Owner, Record = JsonSerializer.Serialize(runner) }));

    public void Remove(string id)
    {
        try
        {
            database.Once(connection => connection.Execute("delete from runner_info where id = @id", new { id }));
        }
        catch (ReportException)
        {
            // it is gone from the list when it was silent for long enough
        }
    }

    public void RequestStop(string id) =>
        database.Once(connection => connection.Execute("update runner_info set stop_requested = true where id = @id", new { id }));

    public void RequestRunStop(string runId, string words) => database.Once(connection => connection.Execute(
        "insert into meta values (@Key, @words) on conflict (key) do update set value = excluded.value",
        new { Key = StopOf(runId), words }));

    public string? RunStopRequest(string runId)
    {
        try
        {
            return database.Once(
                connection => connection.ExecuteScalar<string?>("select value from meta where key = @Key", new { Key = StopOf(runId) }));
        }
        catch (ReportException)
        {
            // it is asked again in a second
            return null;
        }
    }

    public void ForgetRunStop(string runId)
    {
        try
        {
            database.Once(connection => connection.Execute("delete from meta where key = @Key", new { Key = StopOf(runId) }));
        }
        catch (ReportException)
        {
            // no other run has this id
        }
    }

    private static string StopOf(string runId) => $"stop:{runId}";

    public bool IsStopRequested(string id)
    {
        try
        {
            return database.Once(connection =>
                connection.ExecuteScalar<bool>("select exists (select 1 from runner_info where id = @id and stop_requested)", new { id }));
        }
        catch (ReportException)
        {
            // the runner says itself that it cannot use its store
            return false;
        }
    }
}
