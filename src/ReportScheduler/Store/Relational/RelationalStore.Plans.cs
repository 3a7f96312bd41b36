namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    public void Rehearse(ReportTask task, Action<IReportStore> play) => database.Undone(session =>
    {
        // not as people put one: its name may be taken, and the number of the definitions is everybody's row
        session.Insert("task", new RowSet().With("id", task.Id).With("name_key", task.Id).With("name", task.Name)
            .With("time_zone", task.TimeZone).With("is_parallel", false).With("revision", 1).With("record", RecordJson.Write(task)));
        WriteStates(session, [task.State]);
        play(within(session));
    });

    // the runs of what is taken begin with the commit that planned them: each one costs the disk its time
    public PlannedRuns PlanDue(int limit, Func<IReadOnlyList<DueTask>, IReadOnlyList<TaskPlan>> plan, TakeOrder? take = null) =>
        database.Change(session =>
    {
        var (definitions, due) = LockDue(session, limit);
        if (take?.Definitions is { } known && known != definitions)
        {
            return PlannedRuns.Outdated;
        }

        var plans = plan(due);
        List<ReportRun> runs = [.. plans.SelectMany(one => one.Runs)];
        foreach (var run in runs.Where(run => run.Id.Length == 0))
        {
            run.Id = RunIds.Create(Clock.GetUtcNow());
        }

        var batch = new StoreBatch(session);
        batch.InsertNewIds("run", "once_key", RowsOf(runs), "Ids");
        batch.Update("task_state", "task_id", RowsOf([.. plans.Select(one => one.Moved())]));
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

    /// <summary>Locks the states of tasks that are due, and reads them with their unfinished runs: whoever plans a task has its row, and
    /// the others leave it.</summary>
    private (long Definitions, IReadOnlyList<DueTask> Due) LockDue(StoreSession session, int limit)
    {
        var sql = session.Sql;
        // the definition stands in the first of the rows of a task: it may be long
        return session.Several(
            $"""
            {MetaRows};
            select s.task_id as TaskId, s.wake_at as WakeAt, s.record as State, t.name as Name, t.time_zone as TimeZone,
                case when r.id is null or not exists (select 1 from run o where o.task_id = s.task_id and o.is_open = {sql.True}
                    and (o.due_at < r.due_at or o.due_at = r.due_at and o.id < r.id)) then t.record end as Record,
                r.id as RunId, r.record as RunRecord, r.owner as Owner, r.attempt as Attempt, r.interruptions as Interruptions,
                r.sort_at as SortAt
            from (
                select task_id, wake_at, record from task_state{sql.LockHint(skip: true, "task_state_wake")}
                where wake_at is not null and wake_at <= {StoreDialect.Now}
                order by wake_at, task_id {sql.First("@limit")} {sql.Lock(skip: true)}
            ) s {sql.JoinEach("task", "t", "t.id = s.task_id")}
                {sql.JoinEach("run", "r", $"r.task_id = s.task_id and r.is_open = {sql.True}")}
            order by s.wake_at, s.task_id, r.due_at, r.id
            """,
            new { limit },
            found => (Looked(found.Read<MetaRow>()), DueOf(found.Read<DueRow>())));
    }

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

    public void PutBackRuns(string owner, IReadOnlyCollection<string> runIds) => database.Change(session =>
    {
        marks.Check(session);
        var sql = session.Sql;
        return session.Execute(
            $"""
            update run set owner = null, wait_at = due_at where {sql.In("id", "Ids")} and owner = @owner;
            delete from busy where {sql.In("run_id", "Ids")}
                and exists (select 1 from run r where r.id = busy.run_id and r.owner is null)
            """,
            new { owner, Ids = sql.List(runIds) });
    });

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

    // the rows of a task stand side by side
    private static List<DueTask> DueOf(IEnumerable<DueRow> rows)
    {
        var due = new List<DueTask>();
        var unfinished = new List<ReportRun>();
        foreach (var row in rows)
        {
            if (due is not [.., var last] || last.TaskId != row.TaskId)
            {
                unfinished = [];
                due.Add(DueOf(row, unfinished));
            }

            if (row.Run is { } run && TryReadRun(run, out var read, out _))
            {
                unfinished.Add(read);
            }
        }

        return due;
    }

    private static DueTask DueOf(DueRow row, IReadOnlyList<ReportRun> unfinished)
    {
        var due = new DueTask
        {
            TaskId = row.TaskId,
            Name = row.Name ?? row.TaskId,
            TimeZone = row.TimeZone ?? "",
            DueAt = new DateTimeOffset(row.WakeAt, TimeSpan.Zero),
            State = ReadState(row.State, row.TaskId),
        };
        if (row.Record is null)
        {
            return due;
        }

        if (!RecordJson.TryRead<ReportTask>(row.Record, out var task, out var problem))
        {
            return due with { Problem = problem };
        }

        return due.With(task, unfinished);
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
        .With("sort_at", [.. runs.Select(run => (long?)StoreKeys.SortAt(run))])
        .With("wait_at", [.. runs.Select(StoreKeys.WaitAt)])
        .With("started_at", [.. runs.Select(run => run.StartedAt?.UtcTicks)])
        .With("owner", [.. runs.Select(run => run.Owner)])
        .With("attempt", [.. runs.Select(run => run.Attempt)])
        .With("interruptions", [.. runs.Select(run => run.Interruptions)])
        .With("is_open", [.. runs.Select(run => !run.IsFinal)])
        .With("record", [.. runs.Select(RecordJson.Write)]);

    private sealed record DueRow(string TaskId, long WakeAt, string State, string? Name, string? TimeZone, string? Record, string? RunId,
        string? RunRecord, string? Owner, int? Attempt, int? Interruptions, long? SortAt)
    {
        public RunRow? Run => RunId is null
            ? null
            : new RunRow(RunId, RunRecord!, Owner, Attempt!.Value, Interruptions!.Value, SortAt!.Value, TaskId, LeaseUntil: null);
    }
}
