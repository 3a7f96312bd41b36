using Dapper;
using Npgsql;

namespace ReportScheduler.Store.Relational;

// One lease per owner and not per run: a runner with a thousand runs writes one row.
internal sealed partial class RelationalStore
{
    private const string Renew =
        "insert into runner values (@owner, store_now() + @Lease) on conflict (owner) do update set lease_until = excluded.lease_until";

    public bool Heartbeat(string owner) => database.Change((connection, transaction) =>
    {
        var held = connection.ExecuteScalar<bool>(
            "select exists (select 1 from runner where owner = @owner and lease_until >= store_now() for update)", new { owner },
            transaction);
        Beat(connection, transaction, owner);
        return held;
    });

    public void ForgetOwner(string owner) =>
        database.Once(connection => connection.Execute("delete from runner where owner = @owner", new { owner }));

    public IReadOnlyList<string> GetOwners() => database.Once(connection =>
        connection.Query<string>("select distinct owner from run where owner is not null and is_open").AsList());

    public IReadOnlyList<ReportRun> TakeOver(string owner, AbandonedRuns which) => database.Change((connection, transaction) =>
    {
        var ids = connection.Query<string>(
            """
            select r.id from run r where r.owner is not null and r.is_open and case when r.owner = @owner then not r.id = any(@Held) else
                r.owner = any(@Gone) or not exists (select 1 from runner o where o.owner = r.owner and o.lease_until >= store_now()) end
            order by r.id for update skip locked
            """,
            new { owner, Held = which.Held.ToArray(), Gone = which.GoneOwners.ToArray() }, transaction).ToArray();
        if (ids.Length > 0)
        {
            connection.Execute(
                """
                update run r set attempt = attempt + 1,
                    interruptions = interruptions + case when (record::json ->> 'StartedAt') is null then 0 else 1 end,
                    owner = case when d.has then @owner end, wait_at = case when d.has then null else due_at end
                from (select id, exists (select 1 from delivery where run_id = run.id) as has from run where id = any(@ids)) d
                    where d.id = r.id
                """,
                new { owner, ids }, transaction);
            connection.Execute("delete from busy where run_id = any(@ids)", new { ids }, transaction);
            Beat(connection, transaction, owner);
        }

        connection.Execute(
            "delete from runner where lease_until < store_now() - @Day and owner not in (select owner from run where owner is not null)",
            new { Day = TimeSpan.TicksPerDay }, transaction);
        return Shown(connection, transaction, connection.Query<RunRow>(
            $"{RunRow.Select} where r.id = any(@ids) and r.owner = @owner order by r.due_at, r.id", new { ids, owner },
            transaction).AsList());
    });

    public bool UseOnce(string key, DateTimeOffset until) => database.Change((connection, transaction) =>
    {
        Forget(connection, transaction);
        return connection.Execute("insert into once (key, until) values (@key, @Until) on conflict do nothing",
            new { key, Until = until.UtcTicks }, transaction) > 0;
    });

    public ReportRun? AddRunOnce(ReportRun run, RequestMark mark) => database.Change((connection, transaction) =>
    {
        Forget(connection, transaction);
        if (connection.Execute(
            "insert into once values (@Key, @Until, @Content, @RunId) on conflict do nothing",
            new { mark.Key, Until = mark.Until.UtcTicks, mark.Content, RunId = run.Id }, transaction) > 0)
        {
            Insert(connection, transaction, [run]);
            return null;
        }

        var (content, runId) =
            connection.QuerySingle<(string?, string?)>("select content, run_id from once where key = @Key", new { mark.Key }, transaction);
        if (content != mark.Content)
        {
            throw StoreErrors.RequestDiffers();
        }

        return Shown(connection, transaction,
            connection.Query<RunRow>($"{RunRow.Select} where r.id = @runId", new { runId }, transaction).AsList()) is [var kept]
            ? kept
            : throw StoreErrors.RequestForgotten();
    });

    private static void Beat(NpgsqlConnection connection, NpgsqlTransaction transaction, string owner) =>
        connection.Execute(Renew, new { owner, Lease = RunnerLease.Length.Ticks }, transaction);

    private static void Forget(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        connection.Execute("delete from once where key in (select key from once where until <= store_now() for update skip locked)",
            transaction: transaction);
}
