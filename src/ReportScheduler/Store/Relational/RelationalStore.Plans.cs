namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    public IReadOnlyList<DueTask> GetDue(int limit) => database.Once(session => Due(session, limit));

    public void Rehearse(ReportTask task, Action<IReportStore> play) => database.Rehearse(inside =>
    {
        inside.Change(session =>
        {
            // not as people put one: its name may be taken, and the number of the definitions is everybody's row
            session.Insert("task", new RowSet().With("id", task.Id).With("name_key", task.Id).With("name", task.Name)
                .With("time_zone", task.TimeZone).With("is_parallel", false).With("revision", 1).With("record", RecordJson.Write(task)));
            WriteStates(session, [task.State]);
            return true;
        });
        play(over(inside));
    });

    private static IReadOnlyList<DueTask> Due(StoreSession session, int limit)
    {
        var sql = session.Sql;
        string Due(string columns) =>
            $"(select {columns} from task_state where wake_at <= {StoreDialect.Now} order by wake_at, task_id {sql.First("@limit")})";
        return session.Several<IReadOnlyList<DueTask>>(
            $"""
            select s.task_id as TaskId, s.wake_at as WakeAt, s.record as State, t.name as Name, t.time_zone as TimeZone, t.record as Record
            from {Due("task_id, wake_at, record")} s left join task t on t.id = s.task_id order by s.wake_at, s.task_id;
            {RunRow.Select} where r.is_open = {sql.True} and r.task_id in (select task_id from {Due("task_id")} d) order by r.due_at, r.id
            """,
            new { limit },
            found =>
            {
                var rows = found.Read<DueRow>().ToList();
                var unfinished = found.Read<RunRow>().Select(row => TryReadRun(row, out var run, out _) ? run : null)
                    .OfType<ReportRun>().ToLookup(run => run.TaskId);
                return [.. rows.Select(row => DueOf(row, [.. unfinished[row.TaskId]]))];
            });
    }

    // the runs of what is taken begin with the commit that planned them: each one costs the disk its time
    public PlannedRuns PlanDue(IReadOnlyList<TaskPlan> plans, TakeOrder? take = null) => database.Change(session =>
    {
        var (definitions, locked) = Locked(session, plans);
        if (take?.Definitions is { } known && known != definitions)
        {
            return PlannedRuns.Outdated;
        }

        TaskPlan[] mine = [
            .. plans.Where(plan => locked.TryGetValue(plan.Due.TaskId, out var row) && row.WakeAt == plan.Due.DueAt.UtcTicks)];
        List<ReportRun> runs = [.. mine.SelectMany(plan => plan.Plan.Records.Concat(plan.Plan.DueAt.Select(plan.Due.RunOf)))];
        foreach (var run in runs.Where(run => run.Id.Length == 0))
        {
            run.Id = RunIds.Create(Clock.GetUtcNow());
        }

        var batch = new StoreBatch(session);
        batch.InsertNewIds("run", "once_key", RowsOf(runs), "Ids");
        batch.Upsert("task_state", ["task_id"], RowsOf([.. mine.Select(plan => Moved(plan, locked[plan.Due.TaskId].Record))]));
        var pick = take is null ? null : RunPick.Few(take);
        var picks = pick is null ? "" : $"; {pick.Statement(session.Sql)}";
        var (inserted, next, picked) = batch.Ask(
            $"{EarliestDueRow}{picks}",
            RunPick.Values(session.Sql, pick, [.. runs.Select(run => run.Id)]),
            found => (found.Read<string>().ToHashSet(StringComparer.Ordinal), Instant(found.ReadSingle<long?>()),
                pick?.Read(found)));
        var made = runs.Where(run => inserted.Contains(run.Id) && !run.IsFinal).OrderBy(run => run.DueAt);
        return new PlannedRuns([.. made], next, picked is null ? null : Taken(session, pick!, picked));
    });

    /// <summary>Locks the states of tasks that are due: whoever plans a task has its row, and the others leave it.</summary>
    private (long Definitions, Dictionary<string, (string Id, long WakeAt, string Record)> States) Locked(
        StoreSession session, IReadOnlyList<TaskPlan> plans) => session.Several(
        $"""
        {MetaRows};
        select s.task_id, s.wake_at, s.record from task_state s{session.Sql.LockHint(skip: true)}
        where {session.Sql.In("s.task_id", "Ids")} and s.wake_at is not null order by s.task_id {session.Sql.Lock(skip: true)}
        """,
        new { Ids = session.Sql.List([.. plans.Select(plan => plan.Due.TaskId)]) },
        found => (Looked(found.Read<MetaRow>()),
            found.Read<(string Id, long WakeAt, string Record)>().ToDictionary(row => row.Id, StringComparer.Ordinal)));

    public TakenRuns TakeRuns(TakeOrder take, string? runId = null) => database.Change(session =>
    {
        var pick = RunPick.Few(take) with { RunId = runId };
        var (definitions, picked) = session.Several($"{MetaRows}; {pick.Statement(session.Sql)}", RunPick.Values(session.Sql, pick, []),
            found => (Looked(found.Read<MetaRow>()), pick.Read(found)));
        return take.Definitions is { } known && known != definitions ? TakenRuns.Outdated : Taken(session, pick, picked);
    });

    /// <param name="session">The transaction in which they were picked, and are locked.</param>
    /// <param name="pick">How they were picked.</param>
    /// <param name="picked">What was picked.</param>
    private TakenRuns Taken(StoreSession session, RunPick pick, PickedRuns picked)
    {
        // where the oldest few are many of one task, or others', more are looked at
        if (picked.Runs.Count < pick.Take.Limit && picked.IsMore && pick.RunId is null)
        {
            var more = pick.More();
            picked = session.Several(more.Statement(session.Sql), RunPick.Values(session.Sql, more, []), more.Read);
        }

        var others = pick.Take.ExceptTasks;
        return picked.Runs.Count == 0
            ? new TakenRuns([], session.Exists(Waiting(session.Sql, others), new { Others = session.Sql.List(others) }))
            : Give(session, pick.Take, picked.Runs);
    }

    public int CountWaiting() => database.Once(session => session.Scalar<int>("select count(*) from run where wait_at is not null"));

    private static string Waiting(StoreDialect sql, IReadOnlyCollection<string> exceptTasks) =>
        $"from run where wait_at is not null{RunPick.Except(sql, "task_id", exceptTasks)}";

    /// <summary>Gives an owner the runs that are locked, and of those that go on alone the ones whose task is free for them.</summary>
    private TakenRuns Give(StoreSession session, TakeOrder take, List<(string Id, string TaskId, int IsAlone)> picked)
    {
        var sql = session.Sql;
        // in one order, so that two runners do not wait for each other
        var alone = picked.Where(run => run.IsAlone == 1).OrderBy(run => run.TaskId, StringComparer.Ordinal).ToList();
        var batch = new StoreBatch(session);
        batch.InsertNew("busy", "task_id", new RowSet()
            .With("task_id", [.. alone.Select(run => run.TaskId)]).With("run_id", [.. alone.Select(run => run.Id)]));
        return batch.Ask(
            $"""
            {Beats(sql)};
            update run set owner = @owner, wait_at = null where {sql.In("id", "All")}
                and ({sql.In("id", "Beside")} or exists (select 1 from busy b where b.run_id = run.id));
            {RunRow.Select} where {sql.In("r.id", "All")} and r.owner = @owner order by r.due_at, r.id;
            {DeliveriesOf(sql, "All")};
            select case when exists (select 1 {Waiting(sql, take.ExceptTasks)}) then 1 else 0 end
            """,
            new
            {
                owner = take.Owner,
                Beside = sql.List([.. picked.Where(run => run.IsAlone == 0).Select(run => run.Id)]),
                All = sql.List([.. picked.Select(run => run.Id)]),
                Others = sql.List(take.ExceptTasks),
                Lease = RunnerLease.Length.Ticks,
            },
            found => new TakenRuns(Shown([.. found.Read<RunRow>()], found.Read<(string? Owner, string Record)>()),
                found.ReadSingle<int>() == 1));
    }

    private static ReportTaskState Moved(TaskPlan plan, string record)
    {
        // mostly nobody has changed it since it was read
        var state = record == plan.Due.StateRecord && plan.Due.Task is { } task ? task.State : ReadState(record, plan.Due.TaskId);
        state.NextRunAt = plan.Plan.NextRunAt;
        return state;
    }

    private static DueTask DueOf(DueRow row, IReadOnlyList<ReportRun> unfinished)
    {
        var dueAt = new DateTimeOffset(row.WakeAt, TimeSpan.Zero);
        var due = new DueTask { TaskId = row.TaskId, Name = row.Name ?? row.TaskId, TimeZone = row.TimeZone ?? "", DueAt = dueAt };
        if (row.Record is null)
        {
            return due;
        }

        if (!RecordJson.TryRead<ReportTask>(row.Record, out var task, out var problem))
        {
            return due with { Problem = problem };
        }

        task.State = ReadState(row.State, row.TaskId);
        // one whose state cannot be read is planned from what is certain
        task.State.NextRunAt = dueAt;
        return due with { Task = task, StateRecord = row.State, Unfinished = unfinished };
    }

    /// <returns>The ids of those that were not there: a due time has one run.</returns>
    private static HashSet<string> Insert(StoreSession session, List<ReportRun> runs)
    {
        if (runs.Count == 0)
        {
            return [];
        }

        session.InsertNew("run", "once_key", RowsOf(runs));
        return [.. session.Query<string>(session.Sql.SelectIds("run", "Ids"),
            new { Ids = session.Sql.List([.. runs.Select(run => run.Id)]) })];
    }

    private static RowSet RowsOf(List<ReportRun> runs) => new RowSet()
        .With("id", [.. runs.Select(run => run.Id)])
        .With("once_key", [.. runs.Select(StoreKeys.OnceKey)])
        .With("task_id", [.. runs.Select(run => run.TaskId)])
        .With("cause", [.. runs.Select(run => run.Trigger.ToString())])
        .With("outcome", [.. runs.Select(run => run.Outcome.ToString())])
        .With("due_at", [.. runs.Select(run => (long?)run.DueAt.UtcTicks)])
        .With("sort_at", [.. runs.Select(run => (long?)SortAt(run))])
        .With("wait_at", [.. runs.Select(WaitAt)])
        .With("started_at", [.. runs.Select(run => run.StartedAt?.UtcTicks)])
        .With("owner", [.. runs.Select(run => run.Owner)])
        .With("attempt", [.. runs.Select(run => run.Attempt)])
        .With("interruptions", [.. runs.Select(run => run.Interruptions)])
        .With("is_open", [.. runs.Select(run => !run.IsFinal)])
        .With("record", [.. runs.Select(RecordJson.Write)]);

    private static long SortAt(ReportRun run) => (run.StartedAt ?? run.DueAt).UtcTicks;

    private static long? WaitAt(ReportRun run) => StoreKeys.IsWaiting(run) ? run.DueAt.UtcTicks : null;

    private sealed record DueRow(string TaskId, long WakeAt, string State, string? Name, string? TimeZone, string? Record);
}
