namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    public bool PutDelivery(ReportDelivery delivery, int attempt) => database.Change(session =>
    {
        if (Kept(session, delivery.RunId) is not { } run || !run.IsOf(delivery.Owner, attempt))
        {
            return false;
        }

        WriteDeliveries(session, [delivery]);
        return true;
    });

    public TakenDeliveries TakeDueDeliveries(
        string owner, int limit, string? runId = null, IReadOnlyCollection<string>? except = null) =>
            database.Change(session =>
    {
        marks.Check(session);
        var sql = session.Sql;
        string Due(bool isLocked) =>
            $"""
            from delivery d{(isLocked ? sql.LockHint(skip: true, "delivery_try") : "")} join run r on r.id = d.run_id
            where d.try_at is not null and d.try_at <= {StoreDialect.Now} and r.owner is null{(runId is null ? "" : " and d.run_id = @runId")}
                {(except is { Count: > 0 } ? $"and not ({sql.In("d.target", "Except")})" : "")}
            """;
        var others = sql.List(except ?? []);
        if (session.Query<string>($"select d.target {Due(isLocked: false)} order by d.try_at, d.id {sql.First("1")}",
            new { runId, Except = others }) is not [var target])
        {
            return Rest(session, owner, TakenDeliveries.None);
        }

        var rows = session.Query<(string Id, string RunId, string Record)>(
            $"select d.id, d.run_id, d.record {Due(isLocked: true)} and d.target = @target order by d.try_at, d.id "
                + $"{sql.First("@limit")} {sql.Lock(skip: true)}",
            new { runId, Except = others, limit, target });
        // the statement may have seen a run before another one took it
        var mine = session.Query<string>(
            $"""
            select id from run{sql.LockHint(skip: false)} where {sql.In("id", "Ids")} and owner is null order by id {sql.Lock(skip: false)}
            """,
            new { Ids = sql.List([.. rows.Select(row => row.RunId).Distinct()]) }).ToHashSet();
        var taken = rows.Where(row => mine.Contains(row.RunId)).Select(row => ReadDelivery(row.Record, owner)).OfType<ReportDelivery>()
            .ToList();
        // it is Sending when its turn comes: a process that dies before has left no doubt about it
        taken.ForEach(delivery => delivery.NextAttemptAt = null);
        var owned = sql.List([.. taken.Select(delivery => delivery.RunId).Distinct()]);
        if (mine.Count > 0)
        {
            session.Execute($"update run set owner = @owner, is_open = {sql.True} where {sql.In("id", "owned")}", new { owner, owned });
            WriteDeliveries(session, taken);
            session.Execute($"update delivery set try_at = null where {sql.In("id", "Ids")}",
                new { Ids = sql.List([.. rows.Where(row => mine.Contains(row.RunId)).Select(row => row.Id)]) });
            Beat(session, owner);
        }

        var runs = Shown(session,
            session.Query<RunRow>($"{RunRow.Select} where {sql.In("r.id", "owned")} order by r.due_at, r.id", new { owned }));
        return Rest(session, owner, new TakenDeliveries
        {
            Deliveries = taken,
            Runs = runs,
            Tasks = TasksOf(session, runs.Select(run => run.TaskId)),
        });
    });

    private static TakenDeliveries Rest(StoreSession session, string owner, TakenDeliveries taken) => taken with
    {
        OthersWait = session.Exists(
            $"""
            from delivery d join run r on r.id = d.run_id where d.try_at <= {StoreDialect.Now} and (r.owner is null or r.owner = @owner)
            """,
            new { owner }),
        NextAt = Instant(session.Scalar<long?>($"select min(try_at) from delivery where try_at > {StoreDialect.Now}")),
    };

    public DateTimeOffset? GetEarliestDelivery(DateTimeOffset? after = null) => database.Once(session =>
        Instant(session.Scalar<long?>(
            "select min(try_at) from delivery where try_at is not null" + (after is null ? "" : " and try_at > @After"),
            new { After = after?.UtcTicks })));

    public DateTimeOffset? GetLatestDelivery() =>
        database.Once(session => Instant(session.Scalar<long?>("select max(try_at) from delivery where try_at is not null")));

    public void TryAtLatest(DateTimeOffset latest) => database.Change(session =>
    {
        marks.Check(session);
        var late = session.Query<(string Record, string? Owner)>(
            $"""
            select record, owner from delivery{session.Sql.LockHint(skip: false)} where try_at > @Latest
            order by id {session.Sql.Lock(skip: false)}
            """,
            new { Latest = latest.UtcTicks })
            .Select(row => ReadDelivery(row.Record, row.Owner)).OfType<ReportDelivery>().ToList();
        late.ForEach(delivery => delivery.NextAttemptAt = latest);
        WriteDeliveries(session, late);
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

    private static void WriteDeliveries(StoreSession session, IReadOnlyCollection<ReportDelivery> deliveries)
    {
        if (deliveries.Count > 0)
        {
            session.Upsert("delivery", ["id"], RowsOf(deliveries));
        }
    }

    private static RowSet RowsOf(IReadOnlyCollection<ReportDelivery> deliveries) => new RowSet()
        .With("id", [.. deliveries.Select(delivery => delivery.Id)])
        .With("run_id", [.. deliveries.Select(delivery => delivery.RunId)])
        .With("target", [.. deliveries.Select(delivery => delivery.Target)])
        .With("try_at", [.. deliveries.Select(StoreKeys.TryAt)])
        .With("owner", [.. deliveries.Select(delivery => delivery.Owner)])
        .With("record", [.. deliveries.Select(RecordJson.Write)]);
}
