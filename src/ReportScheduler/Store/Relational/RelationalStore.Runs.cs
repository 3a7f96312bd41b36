namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    public void AddRun(ReportRun run) => database.Change(session =>
    {
        marks.Check(session);
        Insert(session, [run]);
        if (run.Owner is { } owner)
        {
            Beat(session, owner);
        }

        WriteDeliveries(session, run.Deliveries);
        return true;
    });

    public ReportRun? AddDueRun(ReportRun run) => database.Change(session =>
    {
        marks.Check(session);
        return Insert(session, [run]).Count > 0
            ? null
            : Shown(session, session.Query<RunRow>($"{RunRow.Select} where r.once_key = @Key", new { Key = StoreKeys.OnceKey(run) }))[0];
    });

    public bool SaveRun(ReportRun run) => Written(run, session =>
    {
        var isOwn = Kept(session, run.Id) is { } before && before.IsOf(run);
        if (isOwn)
        {
            Batch(session, run).Execute(Update(run), RowOf(run, null));
        }

        return isOwn;
    });

    public bool ReopenRun(ReportRun run, string stand) => Written(run, session =>
    {
        marks.Check(session);
        var isStill = Locked(session, run.Id) is { Owner: null, AreFilesRemoved: false } kept && kept.Attempt == run.Attempt
            && RunStand.Of(kept) == stand;
        if (isStill)
        {
            Batch(session, run).Execute(Update(run), RowOf(run, null));
        }

        return isStill;
    });

    public BegunRun BeginRun(ReportRun run) => database.Change(session =>
    {
        // Whoever finds it taken and not begun begins with it: that the disk has it need not be waited for. What was taken before the
        // tables had a newer format is made: only what is not taken yet is left to newer runners.
        var (definitions, task, option, isOwn) = session.Several(
            $"""
            {session.Sql.WithoutDisk}{DefinitionsRow}; {TaskAndState} where t.id = @TaskId; {OptionRow};
            {StoreMarks.Rows}; {KeptRun.Locked(session.Sql)}
            """,
            new { run.TaskId, run.Id },
            found => (found.ReadSingle<long>(), TaskOf([.. found.Read<TaskRow>()], run.TaskName),
                OptionOf(found.ReadSingleOrDefault<string>()), Kept(found)?.IsOf(run) ?? false));
        database.Definitions.Say(definitions);
        if (task is null || !isOwn)
        {
            return task is null ? BegunRun.WithoutTask : new BegunRun(task, option, IsOwn: false, []);
        }

        var old = Batch(session, run).Ask(
            $"""
            {Update(run)};
            select id, is_open, case when is_open = {session.Sql.True} then record end as record
            from run where task_id = @TaskId and (started_at is not null or is_open = {session.Sql.False})
            order by sort_at desc, id desc
            {session.Sql.Page("@Keep", "@Most")}
            """,
            RowOf(run, null, task.KeepRuns ?? option.KeepRuns), found => found.Read<(string Id, bool IsOpen, string? Record)>().ToList());
        return new BegunRun(task, option, IsOwn: true, old.TrueForAll(IsOver) ? old.ConvertAll(row => row.Id) : null);
    });

    public bool FinishRun(ReportRun run, string? stand = null) => Written(run, session =>
    {
        if (stand is not null && (Locked(session, run.Id) is not { } kept || RunStand.Of(kept) != stand))
        {
            return false;
        }

        var (before, task, option, state) = session.Several(
            $"""
            {StoreMarks.Rows}; {KeptRun.Locked(session.Sql)}; select record from task where id = @TaskId; {OptionRow};
            {LockedStateRow(session.Sql)}
            """,
            new { run.Id, run.TaskId },
            found => (Kept(found), found.ReadSingleOrDefault<string>(),
                OptionOf(found.ReadSingleOrDefault<string>()),
                found.ReadSingleOrDefault<string>() is { } json ? ReadState(json, run.TaskId) : null));
        if (before is null || !before.IsOf(run) || before.IsFinal)
        {
            return false;
        }

        files.Keep(session, run);
        var update = Update(run, $"is_counted = {session.Sql.True}, ");
        // a task that is removed at this moment has no state any more, which the lock of its row has waited for
        if (task is null)
        {
            state = null;
        }
        else if (state is not null)
        {
            RecordJson.TryRead<ReportTask>(task, out var read, out _);
            TaskStateRules.Count(state, run, !before.IsCounted, read, option);
            update = session.Sql.Upsert("task_state", ["task_id"], ["task_id", "wake_at", "record"], "values (@TaskId, @WakeAt, @State)")
                + $"; {update}";
        }

        Batch(session, run).Execute(update, RowOf(run, state));
        return true;
    });

    public IReadOnlyList<ReportRun> GetRuns(RunFilter filter) => database.Once(session => Shown(session, session.Query<RunRow>(
        $"{RunRow.Select} {Conditions(filter, session.Sql)} order by r.sort_at desc, r.id desc {session.Sql.Page("@Skip", "@Limit")}",
        new
        {
            filter.RunId,
            filter.TaskId,
            Outcomes = session.Sql.List([.. (filter.Outcomes ?? []).Select(outcome => outcome.ToString())]),
            Since = filter.Since?.UtcTicks,
            Until = filter.Until?.UtcTicks,
            AfterAt = filter.After?.At.UtcTicks,
            AfterId = filter.After?.RunId,
            filter.Skip,
            Limit = filter.Limit ?? int.MaxValue,
        })));

    public int CountRuns() => database.Once(session => session.Scalar<int>("select count(*) from run"));

    public IReadOnlyList<string> FindRuns(IReadOnlyCollection<string> runIds) => database.Once(session =>
        session.Query<string>(session.Sql.SelectIds("run", "Ids"), new { Ids = session.Sql.List(runIds) }));

    public IReadOnlyList<string> GiveUpFiles(IReadOnlyCollection<string> runIds) => runIds.Count == 0 ? [] : database.Change(session =>
    {
        marks.Check(session);
        var over = LockedOver(session, runIds);
        foreach (var (id, _, record) in over)
        {
            if (RecordJson.TryRead<ReportRun>(record!, out var run, out _) && !run.AreFilesRemoved)
            {
                run.AreFilesRemoved = true;
                session.Execute("update run set record = @Record where id = @id", new { id, Record = RecordJson.Write(run) });
            }
        }

        return (IReadOnlyList<string>)over.ConvertAll(row => row.Id);
    });

    public int RemoveRuns(IReadOnlyCollection<string> runIds) => runIds.Count == 0 ? 0 : database.Change(session =>
    {
        marks.Check(session);
        var sql = session.Sql;
        var gone = sql.List([.. LockedOver(session, runIds).Select(row => row.Id)]);
        session.Execute($"delete from busy where {sql.In("run_id", "gone")}", new { gone });
        return session.Execute($"delete from run where {sql.In("id", "gone")}", new { gone });
    });

    /// <summary>Locks a run that its owner is about to write, in a store that nobody moves.</summary>
    private KeptRun? Kept(StoreSession session, string id) =>
        session.Several($"{StoreMarks.Rows}; {KeptRun.Locked(session.Sql)}", new { Id = id }, Kept);

    private KeptRun? Kept(Dapper.SqlMapper.GridReader found)
    {
        marks.Check(found.Read<(string, string)>());
        return found.ReadSingleOrDefault<KeptRun>();
    }

    private static List<(string Id, bool IsOpen, string? Record)> LockedOver(StoreSession session, IReadOnlyCollection<string> runIds) =>
        session.Query<(string Id, bool IsOpen, string? Record)>(
            $"""
            select id, is_open, record from run{session.Sql.LockHint(skip: false)} where {session.Sql.In("id", "Ids")}
            order by id {session.Sql.Lock(skip: false)}
            """,
            new { Ids = session.Sql.List(runIds) }).FindAll(IsOver);

    private ReportRun? Locked(StoreSession session, string id) => Shown(session, session.Query<RunRow>(
        $"{RunRow.Select}{session.Sql.LockHint(skip: false)} where r.id = @id {session.Sql.Lock(skip: false)}", new { id })) is [var run]
        ? run
        : null;

    // one that cannot be read is not going on, whatever it says
    private static bool IsOver((string Id, bool IsOpen, string? Record) row) =>
        !row.IsOpen || !RecordJson.TryRead<ReportRun>(row.Record!, out _, out _);

    /// <summary>Writes a run; one that nobody works on any more has no owner afterwards.</summary>
    private bool Written(ReportRun run, Func<StoreSession, bool> write)
    {
        var isWritten = database.Change(write);
        if (isWritten && run.Outcome != RunOutcome.Running)
        {
            (run.Owner, run.HeartbeatAt) = (null, null);
        }

        return isWritten;
    }

    // with its deliveries
    private static StoreBatch Batch(StoreSession session, ReportRun run)
    {
        var batch = new StoreBatch(session);
        batch.Upsert("delivery", ["id"], RowsOf(run.Deliveries));
        return batch;
    }

    private static string Update(ReportRun run, string more = "") =>
        (run.Outcome == RunOutcome.Running ? "" : "delete from busy where run_id = @Id; ")
        + $"""
        update run set {more}outcome = @Outcome, sort_at = @SortAt, wait_at = @WaitAt, started_at = @StartedAt, owner = @Owner,
            interruptions = @Interruptions, is_open = @IsOpen, record = @Record where id = @Id
        """;

    private static object RowOf(ReportRun run, ReportTaskState? state, int keep = 0) => new
    {
        run.Id,
        run.TaskId,
        Outcome = run.Outcome.ToString(),
        SortAt = StoreKeys.SortAt(run),
        WaitAt = StoreKeys.WaitAt(run),
        StartedAt = run.StartedAt?.UtcTicks,
        Owner = run.Outcome == RunOutcome.Running ? run.Owner : null,
        run.Interruptions,
        IsOpen = !run.IsFinal,
        Record = RecordJson.Write(run),
        WakeAt = state is null ? null : StoreKeys.WakeAt(state),
        State = state is null ? null : RecordJson.Write(state),
        Keep = keep,
        BegunRun.Most,
    };

    private static string Conditions(RunFilter filter, StoreDialect sql)
    {
        List<string> all =
        [
            .. filter.RunId is null ? (string[])[] : ["r.id = @RunId"],
            .. filter.TaskId is null ? (string[])[] : ["r.task_id = @TaskId"],
            .. filter.Outcomes is null ? (string[])[] : [sql.In("r.outcome", "Outcomes")],
            .. filter.Since is null ? (string[])[] : ["r.sort_at >= @Since"],
            .. filter.Until is null ? (string[])[] : ["r.sort_at < @Until"],
            .. filter.After is null ? (string[])[] : ["r.sort_at <= @AfterAt and (r.sort_at < @AfterAt or r.id < @AfterId)"],
        ];
        return all.Count == 0 ? "" : $"where {string.Join(" and ", all)}";
    }

    private static bool TryReadRun(RunRow row, out ReportRun run, out string problem)
    {
        if (!RecordJson.TryRead(row.Record, out run, out problem))
        {
            return false;
        }

        (run.Id, run.Owner, run.Attempt, run.Interruptions) = (row.Id, row.Owner, row.Attempt, row.Interruptions);
        run.HeartbeatAt = row.LeaseUntil is { } until ? new DateTimeOffset(until, TimeSpan.Zero) - RunnerLease.Length : null;
        problem = RunPaths.IsId(run.Id) ? "" : $"its id '{run.Id}' cannot be the name of a folder";
        return problem.Length == 0;
    }

    private static ReportRun Readable(RunRow row) => TryReadRun(row, out var run, out var problem)
        ? run
        : ShownRun.Unreadable(row.Id, row.TaskId, "", new DateTimeOffset(row.SortAt, TimeSpan.Zero), problem);

    /// <summary>The runs with their deliveries and with the paths that they have on this computer.</summary>
    private IReadOnlyList<ReportRun> Shown(StoreSession session, List<RunRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        return Shown(rows, session.Query<(string? Owner, string Record)>(
            DeliveriesOf(session.Sql, "Ids"), new { Ids = session.Sql.List([.. rows.Select(row => row.Id)]) }));
    }

    private IReadOnlyList<ReportRun> Shown(IReadOnlyList<RunRow> rows, IEnumerable<(string? Owner, string Record)> deliveries)
    {
        var byRun = deliveries.Select(row => ReadDelivery(row.Record, row.Owner)).OfType<ReportDelivery>()
            .ToLookup(delivery => delivery.RunId, StringComparer.Ordinal);
        return [.. rows.Select(row =>
        {
            var run = Readable(row);
            ShownRun.Complete(run, byRun[run.Id], Files.Folder);
            return run;
        })];
    }

    private static string DeliveriesOf(StoreDialect sql, string ids) =>
        $"select owner, record from delivery where {sql.In("run_id", ids)}";
}
