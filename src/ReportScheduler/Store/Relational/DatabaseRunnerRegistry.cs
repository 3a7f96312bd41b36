using System.Text.Json;

namespace ReportScheduler.Store.Relational;

/// <summary>The runners of a store on all machines, in its database.</summary>
internal sealed class DatabaseRunnerRegistry(RelationalDatabase database) : IRunnerRegistry
{
    /// <summary>A runner says that it is alive twice a minute.</summary>
    private static readonly long Silent = RunnerLease.Length.Ticks;

    // a user, or a replica, that only reads can ask who is there
    public IReadOnlyList<ReportSchedulerInfo> List() => database.Once(session =>
    {
        var rows = session.Query<(string Owner, long SeenAt, string Record)>(
            $"select owner, seen_at, record from runner_info where seen_at >= {StoreDialect.Now} - @Silent order by started_at, id",
            new { Silent });
        return (IReadOnlyList<ReportSchedulerInfo>)[.. rows.Select(row =>
        {
            var runner = JsonSerializer.Deserialize<ReportSchedulerInfo>(row.Record)!;
            (runner.Owner, runner.SeenAt) = (row.Owner, new DateTimeOffset(row.SeenAt, TimeSpan.Zero));
            return runner;
        }).Where(runner => RunOwner.IsAlive(runner.Owner) != false)];
    });

    public void Write(ReportSchedulerInfo runner)
    {
        database.Change(session => session.Execute(
            session.Sql.Upsert("runner_info", ["id"], ["id", "seen_at", "started_at", "owner", "record"],
                $"values (@Id, {StoreDialect.Now}, @StartedAt, @Owner, @Record)"),
            new { runner.Id, StartedAt = runner.StartedAt.UtcTicks, runner.Owner, Record = JsonSerializer.Serialize(runner) }));
        ForgetOthers();
    }

    // whoever is alive forgets those that are not, and takes none for alive whose clock was ahead. Their rows are locked only where
    // there are such, and by themselves: two that each have a row, and look at that of the other one, would wait for each other
    private void ForgetOthers() => database.Once(session =>
    {
        var (silent, ahead) = ($"seen_at < {StoreDialect.Now} - @Silent", $"seen_at > {StoreDialect.Now} + @Silent");
        var ids = session.Query<string>($"select id from runner_info where {silent} or {ahead}", new { Silent });
        return ids.Count == 0 ? 0 : session.Execute(
            $"""
            delete from runner_info where {session.Sql.In("id", "Ids")} and {silent};
            update runner_info set seen_at = {StoreDialect.Now} where {session.Sql.In("id", "Ids")} and {ahead}
            """,
            new { Ids = session.Sql.List(ids), Silent });
    });

    public void Remove(string id)
    {
        try
        {
            database.Once(session => session.Execute("delete from runner_info where id = @id", new { id }));
        }
        catch (ReportException)
        {
            // it is gone from the list when it was silent for long enough
        }
    }

    public void RequestStop(string id) =>
        database.Once(session =>
            session.Execute($"update runner_info set stop_requested = {session.Sql.True} where id = @id", new { id }));

    public void RequestRunStop(string runId, string words) => database.Change(session =>
    {
        session.Upsert("meta", ["name"], new RowSet().With("name", StopOf(runId)).With("value", words));
        return true;
    });

    public string? RunStopRequest(string runId)
    {
        try
        {
            return database.Once(session => session.Find("select value from meta where name = @Name", new { Name = StopOf(runId) }));
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
            database.Once(session => session.Execute("delete from meta where name = @Name", new { Name = StopOf(runId) }));
        }
        catch (ReportException)
        {
            // no other run has this id
        }
    }

    private static string StopOf(string runId) => $"stop:{runId}";

    public bool IsStopRequested(string id) => database.Once(session =>
        session.Exists($"from runner_info where id = @id and stop_requested = {session.Sql.True}", new { id }));
}
