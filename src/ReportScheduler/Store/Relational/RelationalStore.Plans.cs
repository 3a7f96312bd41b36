using Dapper;
using Npgsql;

namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    public IReadOnlyList<DueTask> GetDue(int limit) => database.Once(connection =>
    {
        var due = connection.Query<DueRow>(
            """
            select s.task_id as TaskId, s.wake_at as WakeAt, s.record as State, t.name as Name, t.time_zone as TimeZone, t.record as Record
            from task_state s left join task t on t.id = s.task_id where s.wake_at <= store_now() order by s.wake_at, s.task_id limit @limit
            """,
            new { limit }).AsList();
        if (due.Count == 0)
        {
            return [];
        }

        var unfinished = connection.Query<RunRow>($"{RunRow.Select} where r.is_open and r.task_id = any(@Ids) order by r.due_at, r.id",
            new { Ids = due.Select(row => row.TaskId).ToArray() })
            .Select(row => TryReadRun(row, out var run, out _) ? run : null).OfType<ReportRun>().ToLookup(run => run.TaskId);
        return (IReadOnlyList<DueTask>)[.. due.Select(row => DueOf(row, [.. unfinished[row.TaskId]]))];
    });

    public IReadOnlyList<ReportRun> PlanDue(IReadOnlyList<TaskPlan> plans) =>
        plans.Count == 0 ? [] : database.Change((connection, transaction) =>
    {
        CheckMoved(connection, transaction);
        // whoever plans a task has its row, and the others leave it
        var locked = connection.Query<(string Id, long WakeAt, string Record)>(
            "select s.task_id, s.wake_at, s.record from task_state s where s.task_id = any(@Ids) and s.wake_at is not null order by "
                + "s.task_id for update skip locked",
            new { Ids = plans.Select(plan => plan.Due.TaskId).ToArray() }, transaction).ToDictionary(row => row.Id);
        TaskPlan[] mine = [
            .. plans.Where(plan => locked.TryGetValue(plan.Due.TaskId, out var row) && row.WakeAt == plan.Due.DueAt.UtcTicks)];
        List<ReportRun> runs = [.. mine.SelectMany(plan => plan.Plan.Records.Concat(plan.Plan.DueAt.Select(plan.Due.RunOf)))];
        foreach (var run in runs.Where(run => run.Id.Length == 0))
        {
            run.Id = RunIds.Create(Clock.GetUtcNow());
        }

        var inserted = Insert(connection, transaction, runs);
        connection.Execute(
            """
            update task_state set wake_at = n.wake_at, record = n.record from unnest(@Ids, @WakeAts, @Records)
                as n (task_id, wake_at, record)
            where task_state.task_id = n.task_id
            """,
            Moved(mine, plan => locked[plan.Due.TaskId].Record), transaction);
        return (IReadOnlyList<ReportRun>)[.. runs.Where(run => inserted.Contains(run.Id) && !run.IsFinal).OrderBy(run => run.DueAt)];
    });

    public TakenRuns TakeRuns(string owner, int limit, string? runId = null, IReadOnlyCollection<string>? exceptTasks = null) =>
        database.Change((connection, transaction) =>
    {
        CheckMoved(connection, transaction);
        var picked = connection.Query<string>(
            """
            select r.id from run r where r.wait_at is not null and r.id in (
                select id from (
                    select w.id, w.wait_at, w.alone, row_number() over (partition by w.task_id order by w.wait_at, w.id) as place from (
                        select w.id, w.task_id, w.wait_at, not (coalesce(t.is_parallel, false) or w.trigger = 'Manual') as alone
                        from run w left join task t on t.id = w.task_id
                        where w.wait_at is not null and (@runId::text is null or w.id = @runId) and not w.task_id = any(@Except)
                            and (t.is_parallel or w.trigger = 'Manual' or not exists (select 1 from busy b where b.task_id = w.task_id))
                        order by w.wait_at, w.id limit @Many
                    ) w
                ) c where place = 1 or not alone)
            order by r.wait_at, r.id limit @limit for update skip locked
            """,
            new { limit, runId, Many = Math.Max(500, limit * 2), Except = exceptTasks?.ToArray() ?? [] }, transaction).ToArray();
        var taken = picked.Length == 0 ? [] : connection.Query<RunRow>(
            """
            with alone as (
                select r.id, r.task_id from run r left join task t on t.id = r.task_id
                where r.id = any(@picked) and not (coalesce(t.is_parallel, false) or r.trigger = 'Manual') order by r.task_id),
            first as (
                insert into busy (task_id, run_id) select task_id, id from alone on conflict do nothing returning run_id),
            mine as (
                update run set owner = @owner, wait_at = null
                where id = any(@picked) and (id in (select run_id from first) or id not in (select id from alone)) returning *),
            lease as (
                insert into runner values (@owner, store_now() + @Lease)
                    on conflict (owner) do update set lease_until = excluded.lease_until returning lease_until)
            select m.id as Id, m.record as Record, m.owner as Owner, m.attempt as Attempt, m.interruptions as Interruptions,
                m.sort_at as SortAt, m.task_id as TaskId,
                (select lease_until from lease) as LeaseUntil
            from mine m order by m.due_at, m.id
            """,
            new { owner, picked, Lease = RunnerLease.Length.Ticks }, transaction).AsList();
        var othersWait =
            connection.ExecuteScalar<bool>(
                "select exists (select 1 from run where wait_at is not null and not task_id = any(@Except))",
                new { Except = exceptTasks?.ToArray() ?? [] }, transaction);
        return new TakenRuns(Shown(connection, transaction, taken), othersWait);
    });

    public int CountWaiting() =>
        database.Once(connection => connection.ExecuteScalar<int>("select count(*) from run where wait_at is not null"));

    private static object Moved(TaskPlan[] plans, Func<TaskPlan, string> record)
    {
        var states = plans.Select(plan =>
        {
            var state = ReadState(record(plan), plan.Due.TaskId);
            state.NextRunAt = plan.Plan.NextRunAt;
            return state;
        }).ToList();
        return new
        {
            Ids = states.Select(state => state.TaskId).ToArray(),
            WakeAts = states.Select(WakeAt).ToArray(),
            Records = states.Select(RecordJson.Write).ToArray(),
        };
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
    private static HashSet<string> Insert(NpgsqlConnection connection, NpgsqlTransaction transaction, List<ReportRun> runs) =>
        runs.Count == 0 ? [] :
    [
        .. connection.Query<string>(
            """
            insert into run (id, once_key, task_id, trigger, outcome, due_at, sort_at, wait_at, owner, attempt, interruptions, is_open,
                record)
            select * from unnest(@Ids, @OnceKeys, @TaskIds, @Triggers, @Outcomes, @DueAts, @SortAts, @WaitAts, @Owners, @Attempts,
                @Interruptions, @Opens, @Records)
            on conflict (once_key) do nothing returning id
            """,
            new
            {
                Ids = runs.Select(run => run.Id).ToArray(),
                OnceKeys = runs.Select(StoreKeys.OnceKey).ToArray(),
                TaskIds = runs.Select(run => run.TaskId).ToArray(),
                Triggers = runs.Select(run => run.Trigger.ToString()).ToArray(),
                Outcomes = runs.Select(run => run.Outcome.ToString()).ToArray(),
                DueAts = runs.Select(run => run.DueAt.UtcTicks).ToArray(),
                SortAts = runs.Select(SortAt).ToArray(),
                WaitAts = runs.Select(WaitAt).ToArray(),
                Owners = runs.Select(run => run.Owner).ToArray(),
                Attempts = runs.Select(run => run.Attempt).ToArray(),
                Interruptions = runs.Select(run => run.Interruptions).ToArray(),
                Opens = runs.Select(run => !run.IsFinal).ToArray(),
                Records = runs.Select(RecordJson.Write).ToArray(),
            },
            transaction),
    ];

    private static long SortAt(ReportRun run) => (run.StartedAt ?? run.DueAt).UtcTicks;

    private static long? WaitAt(ReportRun run) => StoreKeys.IsWaiting(run) ? run.DueAt.UtcTicks : null;

    private sealed record DueRow(string TaskId, long WakeAt, string State, string? Name, string? TimeZone, string? Record);
}
