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
        var due = $"where s.wake_at <= {StoreDialect.Now} order by s.wake_at, s.task_id {sql.First("@limit")}";
        return session.Several<IReadOnlyList<DueTask>>(
            $"""
            select s.task_id as TaskId, s.wake_at as WakeAt, s.record as State, t.name as Name, t.time_zone as TimeZone, t.record as Record
            from task_state s left join task t on t.id = s.task_id {due};
            {RunRow.Select} where r.is_open = {sql.True} and r.task_id in (select task_id from (select s.task_id from task_state s {due}) d)
            order by r.due_at, r.id
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
        var (runs, next) = CarryOut(session, plans);
        var taken = take is null ? null : Take(session, take.Owner, take.Limit, null, take.ExceptTasks);
        return new PlannedRuns(runs, next, taken);
    });

    private (IReadOnlyList<ReportRun> Runs, DateTimeOffset? NextDueAt) CarryOut(StoreSession session, IReadOnlyList<TaskPlan> plans)
    {
        var sql = session.Sql;
        // whoever plans a task has its row, and the others leave it
        var locked = session.Several(
            $"""
            {StoreMarks.Select};
            select s.task_id, s.wake_at, s.record from task_state s{sql.LockHint(skip: true)}
            where {sql.In("s.task_id", "Ids")} and s.wake_at is not null order by s.task_id {sql.Lock(skip: true)}
            """,
            new { Ids = sql.List([.. plans.Select(plan => plan.Due.TaskId)]) },
            found =>
            {
                marks.Check([.. found.Read<(string Name, string Address)>()]);
                return found.Read<(string Id, long WakeAt, string Record)>().ToDictionary(row => row.Id);
            });
        TaskPlan[] mine = [
            .. plans.Where(plan => locked.TryGetValue(plan.Due.TaskId, out var row) && row.WakeAt == plan.Due.DueAt.UtcTicks)];
        List<ReportRun> runs = [.. mine.SelectMany(plan => plan.Plan.Records.Concat(plan.Plan.DueAt.Select(plan.Due.RunOf)))];
        foreach (var run in runs.Where(run => run.Id.Length == 0))
        {
            run.Id = RunIds.Create(Clock.GetUtcNow());
        }

        var batch = new StoreBatch(session);
        batch.InsertNew("run", "once_key", RowsOf(runs));
        batch.Upsert("task_state", ["task_id"], RowsOf([.. mine.Select(plan => Moved(plan, locked[plan.Due.TaskId].Record))]));
        return batch.Ask(
            $"select id from run where {sql.In("id", "Ids")}; {EarliestDueRow}",
            new { Ids = sql.List([.. runs.Select(run => run.Id)]) },
            found =>
            {
                var inserted = found.Read<string>().ToHashSet(StringComparer.Ordinal);
                var made = runs.Where(run => inserted.Contains(run.Id) && !run.IsFinal).OrderBy(run => run.DueAt);
                return ((IReadOnlyList<ReportRun>)[.. made], Instant(found.ReadSingle<long?>()));
            });
    }

    public TakenRuns TakeRuns(string owner, int limit, string? runId = null, IReadOnlyCollection<string>? exceptTasks = null) =>
        database.Change(session => Take(session, owner, limit, runId, exceptTasks ?? []));

    private TakenRuns Take(StoreSession session, string owner, int limit, string? runId, IReadOnlyCollection<string> exceptTasks)
    {
        var picked = Pick(session, limit, runId, exceptTasks);
        return picked.Count == 0
            ? new TakenRuns([], session.Exists(Waiting(session, exceptTasks), new { Others = session.Sql.List(exceptTasks) }))
            : Give(session, owner, picked, exceptTasks);
    }

    public int CountWaiting() => database.Once(session => session.Scalar<int>("select count(*) from run where wait_at is not null"));

    /// <summary>Locks runs that wait, the oldest first. Those that others have locked are passed over: they take them.</summary>
    private List<(string Id, string TaskId, int IsAlone)> Pick(StoreSession session, int limit, string? runId,
        IReadOnlyCollection<string> exceptTasks)
    {
        // mostly the oldest few are enough; where they are many of one task, or others', more are looked at
        var (picked, isMore) = Pick(session, limit, runId, exceptTasks, Math.Max(40, 4 * limit));
        return picked.Count < limit && isMore && runId is null
            ? Pick(session, limit, runId, exceptTasks, Math.Max(500, 20 * limit)).Picked
            : picked;
    }

    private (List<(string Id, string TaskId, int IsAlone)> Picked, bool IsMore) Pick(StoreSession session, int limit, string? runId,
        IReadOnlyCollection<string> exceptTasks, int many)
    {
        var sql = session.Sql;
        var (one, parallel) = (runId is null ? "" : " and w.id = @runId", $"t.is_parallel = {sql.True}");
        return session.Several(
            $"""
            {StoreMarks.Select};
            select r.id, r.task_id, {Alone("r", $"exists (select 1 from task t where t.id = r.task_id and {parallel})")}
            from run r{sql.LockHint(skip: true, "run_wait")} where r.wait_at is not null and r.id in (
                select id from (
                    select w.id, w.alone, row_number() over (partition by w.task_id order by w.wait_at, w.id) as place from (
                        select w.id, w.task_id, w.wait_at, {Alone("w", parallel)} as alone
                        from run w left join task t on t.id = w.task_id left join busy b on b.task_id = w.task_id
                        where w.wait_at is not null{one}{Except(session, "w.task_id", exceptTasks)}
                            and (b.task_id is null or {Alone("w", parallel)} = 0)
                        order by w.wait_at, w.id {sql.First("@many")}
                    ) w
                ) c where place = 1 or alone = 0)
            order by r.wait_at, r.id {sql.First("@limit")} {sql.Lock(skip: true)};
            select count(*) from (select id from run where wait_at is not null order by wait_at, id {sql.First("@many")}) few
            """,
            new { limit, runId, many, Others = sql.List(exceptTasks) },
            found =>
            {
                marks.Check([.. found.Read<(string Name, string Address)>()]);
                return (found.Read<(string Id, string TaskId, int IsAlone)>().ToList(), found.ReadSingle<int>() == many);
            });
    }

    private static string Waiting(StoreSession session, IReadOnlyCollection<string> exceptTasks) =>
        $"from run where wait_at is not null{Except(session, "task_id", exceptTasks)}";

    private static string Except(StoreSession session, string column, IReadOnlyCollection<string> tasks) =>
        tasks.Count == 0 ? "" : $" and not {session.Sql.In(column, "Others")}";

    // 1 for a run beside which no other one of its task may go on
    private static string Alone(string run, string isParallel) =>
        $"case when {run}.cause = '{RunTrigger.Manual}' or {isParallel} then 0 else 1 end";

    /// <summary>Gives an owner the runs that are locked, and of those that go on alone the ones whose task is free for them.</summary>
    private TakenRuns Give(StoreSession session, string owner, List<(string Id, string TaskId, int IsAlone)> picked,
        IReadOnlyCollection<string> exceptTasks)
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
            select case when exists (select 1 {Waiting(session, exceptTasks)}) then 1 else 0 end
            """,
            new
            {
                owner,
                Beside = sql.List([.. picked.Where(run => run.IsAlone == 0).Select(run => run.Id)]),
                All = sql.List([.. picked.Select(run => run.Id)]),
                Others = sql.List(exceptTasks),
                Lease = RunnerLease.Length.Ticks,
            },
            found => new TakenRuns(Shown([.. found.Read<RunRow>()], found.Read<(string? Owner, string Record)>()),
                found.ReadSingle<int>() == 1));
    }

    private static ReportTaskState Moved(TaskPlan plan, string record)
    {
        var state = ReadState(record, plan.Due.TaskId);
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
        return due with { Task = task, Unfinished = unfinished };
    }

    /// <returns>The ids of those that were not there: a due time has one run.</returns>
    private static HashSet<string> Insert(StoreSession session, List<ReportRun> runs)
    {
        if (runs.Count == 0)
        {
            return [];
        }

        session.InsertNew("run", "once_key", RowsOf(runs));
        return [.. session.Query<string>($"select id from run where {session.Sql.In("id", "Ids")}",
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
