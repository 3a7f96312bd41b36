using Dapper;
using Npgsql;

namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    private const string Due =
        """
        from delivery d join run r on r.id = d.run_id
        where d.try_at <= store_now() and r.owner is null and (@runId::text is null or d.run_id = @runId) and not d.target = any(@except)
        """;

    public bool PutDelivery(ReportDelivery delivery) => database.Change((connection, transaction) =>
    {
        var owners = connection.Query<string?>("select owner from run where id = @RunId for update", new { delivery.RunId }, transaction)
            .AsList();
        if (owners is not [var owner] || owner != delivery.Owner)
        {
            return false;
        }

        WriteDeliveries(connection, transaction, [delivery]);
        return true;
    });

    public IReadOnlyList<ReportDelivery> TakeDueDeliveries(
        string owner, int limit, string? runId = null, IReadOnlyCollection<string>? except = null) =>
            database.Change((connection, transaction) =>
    {
        var which = new { runId, except = except?.ToArray() ?? [], limit };
        if (connection.Query<string>($"select d.target {Due} order by d.try_at, d.id limit 1", which, transaction)
            .AsList() is not [var target])
        {
            return [];
        }

        var rows = connection.Query<(string Id, string RunId, string Record)>(
            $"select d.id, d.run_id, d.record {Due} and d.target = @target order by d.try_at, d.id limit @limit for update skip locked",
            new { which.runId, which.except, limit, target }, transaction).AsList();
        // the statement may have seen a run before another one took it
        var mine = connection.Query<string>(
            "update run set owner = @owner, is_open = true where id = any(@Ids) and owner is null returning id",
            new { owner, Ids = rows.Select(row => row.RunId).Distinct().ToArray() }, transaction).ToHashSet();
        var taken = rows.Where(row => mine.Contains(row.RunId)).Select(row => ReadDelivery(row.Record, owner)).OfType<ReportDelivery>()
            .ToList();
        // it is Sending when its turn comes: a process that dies before has left no doubt about it
        taken.ForEach(delivery => delivery.NextAttemptAt = null);
        WriteDeliveries(connection, transaction, taken);
        connection.Execute("update delivery set try_at = null where id = any(@Ids)",
            new { Ids = rows.Where(row => mine.Contains(row.RunId)).Select(row => row.Id).ToArray() }, transaction);
        if (taken.Count > 0)
        {
            Beat(connection, transaction, owner);
        }

        return (IReadOnlyList<ReportDelivery>)taken;
    });

    public DateTimeOffset? GetEarliestDelivery(DateTimeOffset? after = null) => database.Once(connection =>
        Instant(connection.ExecuteScalar<long?>(
            "select min(try_at) from delivery where try_at is not null and (@After::bigint is null or try_at > @After)",
            new { After = after?.UtcTicks })));

    public DateTimeOffset? GetLatestDelivery() =>
        database.Once(connection => Instant(connection.ExecuteScalar<long?>("select max(try_at) from delivery where try_at is not null")));

    public void TryAtLatest(DateTimeOffset latest) => database.Change((connection, transaction) =>
    {
        var late = connection.Query<(string Record, string? Owner)>(
            "select record, owner from delivery where try_at > @Latest order by id for update", new { Latest = latest.UtcTicks },
            transaction)
            .Select(row => ReadDelivery(row.Record, row.Owner)).OfType<ReportDelivery>().ToList();
        late.ForEach(delivery => delivery.NextAttemptAt = latest);
        WriteDeliveries(connection, transaction, late);
        return true;
    });

    private static ReportDelivery? ReadDelivery(string json, string? owner)
    {
        if (!RecordJson.TryRead<ReportDelivery>(json, out var delivery, out _))
        {
            return null;
        }

        delivery.Owner = owner;
        return delivery;
    }

    private static void WriteDeliveries(NpgsqlConnection connection, NpgsqlTransaction transaction,
        IReadOnlyCollection<ReportDelivery> deliveries)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        connection.Execute(
            """
            insert into delivery (id, run_id, target, try_at, owner, record) select * from unnest(@Ids, @RunIds, @Targets, @TryAts,
                @Owners, @Records)
            on conflict (id) do update set target = excluded.target, try_at = excluded.try_at, owner = excluded.owner,
                record = excluded.record
            """,
            new
            {
                Ids = deliveries.Select(delivery => delivery.Id).ToArray(),
                RunIds = deliveries.Select(delivery => delivery.RunId).ToArray(),
                Targets = deliveries.Select(delivery => delivery.Target).ToArray(),
                TryAts = deliveries
                    .Select(delivery => delivery is { State: DeliveryState.Pending, NextAttemptAt: { } next } ? next.UtcTicks : (long?)null)
                    .ToArray(),
                Owners = deliveries.Select(delivery => delivery.Owner).ToArray(),
                Records = deliveries.Select(RecordJson.Write).ToArray(),
            },
            transaction);
    }
}
