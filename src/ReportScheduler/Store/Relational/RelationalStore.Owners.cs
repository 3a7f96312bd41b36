namespace ReportScheduler.Store.Relational;

// One lease per owner and not per run: a runner with a thousand runs writes one row.
internal sealed partial class RelationalStore
{
    public bool Heartbeat(string owner) => database.Change(session =>
    {
        var held = session.Query<string>(
            $"""
            select owner from runner{session.Sql.LockHint(skip: false)} where owner = @owner and lease_until >= {StoreDialect.Now}
            {session.Sql.Lock(skip: false)}
            """,
            new { owner }).Count > 0;
        Beat(session, owner);
        return held;
    });

    public void ForgetOwner(string owner) =>
        database.Once(session => session.Execute("delete from runner where owner = @owner", new { owner }));

    public IReadOnlyList<string> GetOwners() => database.Once(session =>
        session.Query<string>($"select distinct owner from run where owner is not null and is_open = {session.Sql.True}"));

    public IReadOnlyList<ReportRun> TakeOver(string owner, AbandonedRuns which) => database.Change(session =>
    {
        marks.Check(session);
        var sql = session.Sql;
        // of a clock that was ahead and was set right: who is alive says so again before this is over
        session.Execute($"update runner set lease_until = {StoreDialect.Now} + @Lease where lease_until > {StoreDialect.Now} + @Most",
            new { Lease = RunnerLease.Length.Ticks, Most = RunnerLease.Length.Ticks + TimeSpan.TicksPerSecond });
        var ids = session.Query<string>(
            $"""
            select r.id from run r{sql.LockHint(skip: true)} where r.owner is not null and r.is_open = {sql.True} and (
                r.owner = @owner and not ({sql.In("r.id", "Held")})
                or r.owner <> @owner and ({sql.In("r.owner", "Gone")}
                    or not exists (select 1 from runner o where o.owner = r.owner and o.lease_until >= {StoreDialect.Now})))
            order by r.id {sql.Lock(skip: true)}
            """,
            new { owner, Held = sql.List(which.Held), Gone = sql.List(which.GoneOwners) });
        var taken = sql.List(ids);
        if (ids.Count > 0)
        {
            session.Execute(
                $"""
                update run set attempt = attempt + 1, interruptions = interruptions + case when started_at is null then 0 else 1 end,
                    owner = case when exists (select 1 from delivery d where d.run_id = run.id) then @owner end,
                    wait_at = case when exists (select 1 from delivery d where d.run_id = run.id) then null else due_at end
                where {sql.In("id", "taken")}
                """,
                new { owner, taken });
            session.Execute($"delete from busy where {sql.In("run_id", "taken")}", new { taken });
            Beat(session, owner);
        }

        session.Execute(
            $"""
            delete from runner where lease_until < {StoreDialect.Now} - @Day
                and owner not in (select owner from run where owner is not null)
            """,
            new { Day = TimeSpan.TicksPerDay });
        return ids.Count == 0 ? [] : Shown(session, session.Query<RunRow>(
            $"{RunRow.Select} where {sql.In("r.id", "taken")} and r.owner = @owner order by r.due_at, r.id", new { taken, owner }));
    });

    public bool UseOnce(string key, DateTimeOffset until) => database.Change(session =>
    {
        Forget(session);
        return session.InsertNew("once", "name", new RowSet().With("name", key).With("until", (long?)until.UtcTicks)) > 0;
    });

    public ReportRun? AddRunOnce(ReportRun run, RequestMark mark) => database.Change(session =>
    {
        marks.Check(session);
        Forget(session);
        if (session.InsertNew("once", "name", new RowSet().With("name", mark.Key).With("until", (long?)mark.Until.UtcTicks)
            .With("content", mark.Content).With("run_id", run.Id)) > 0)
        {
            Insert(session, [run]);
            return null;
        }

        var (content, runId) =
            session.Query<(string?, string?)>("select content, run_id from once where name = @Key", new { mark.Key })[0];
        if (content != mark.Content)
        {
            throw StoreErrors.RequestDiffers();
        }

        return Shown(session, session.Query<RunRow>($"{RunRow.Select} where r.id = @runId", new { runId })) is [var kept]
            ? kept
            : throw StoreErrors.RequestForgotten();
    });

    private static void Beat(StoreSession session, string owner) =>
        session.Execute(Beats(session.Sql), new { owner, Lease = RunnerLease.Length.Ticks });

    private static string Beats(StoreDialect sql) =>
        sql.Upsert("runner", ["owner"], ["owner", "lease_until"], $"values (@owner, {StoreDialect.Now} + @Lease)");

    private static void Forget(StoreSession session)
    {
        var old = session.Query<string>(
            $"""
            select name from once{session.Sql.LockHint(skip: true, "once_until")} where until <= {StoreDialect.Now}
            order by until {session.Sql.First("1000")} {session.Sql.Lock(skip: true)}
            """);
        if (old.Count > 0)
        {
            session.Execute($"delete from once where {session.Sql.In("name", "Old")}", new { Old = session.Sql.List(old) });
        }
    }
}
