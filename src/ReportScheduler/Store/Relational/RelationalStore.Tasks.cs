namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    private const string EarliestDueRow = "select min(wake_at) from task_state where wake_at is not null";
    private const string TaskAndState =
        "select t.id, t.name, t.record, s.record as state from task t left join task_state s on s.task_id = t.id";

    public IReadOnlyList<ReportTask> GetTasks() => database.Once(session =>
        (IReadOnlyList<ReportTask>)[.. session.Query<TaskRow>($"{TaskAndState} order by t.name_key")
            .Select(row => RecordJson.TryRead<ReportTask>(row.Record, out var task, out _) ? WithState(task, row.State) : null)
            .OfType<ReportTask>()]);

    public ReportTask? FindTask(string nameOrId) => database.Once(session => TaskOf(
        session.Query<TaskRow>(
            $"{TaskAndState} where t.name_key = @Key or t.id = @nameOrId order by case when t.name_key = @Key then 0 else 1 end",
            new { Key = StoreKeys.OfName(nameOrId), nameOrId }),
        nameOrId));

    public void PutTask(ReportTask task, PutMode mode, DateTimeOffset? nextRunAt, bool keepsNext = false)
    {
        TaskPutRules.CheckNames(task);
        var key = StoreKeys.OfName(task.Name);
        database.Change(session =>
        {
            marks.Check(session);
            var (hint, locked) = (session.Sql.LockHint(skip: false), session.Sql.Lock(skip: false));
            TaskPutRules.TakeId(task, mode, session.Find($"select id from task{hint} where name_key = @key {locked}", new { key }));
            var present = session.Scalar<int?>($"select revision from task{hint} where id = @Id {locked}", new { task.Id });
            TaskPutRules.TakeRevision(task, mode, present);
            var row = new { task.Id, key, task.Name, task.TimeZone, IsParallel = task.Overlap == OverlapPolicy.Parallel, task.Revision,
                Record = RecordJson.Write(task) };
            session.Execute(
                present is null
                    ? "insert into task (id, name_key, name, time_zone, is_parallel, revision, record) values "
                        + "(@Id, @key, @Name, @TimeZone, @IsParallel, @Revision, @Record)"
                    : "update task set name_key = @key, name = @Name, time_zone = @TimeZone, is_parallel = @IsParallel, revision = "
                        + "@Revision, record = @Record where id = @Id",
                row);
            var known = session.Find($"select record from task_state{hint} where task_id = @Id {locked}", new { task.Id });
            var state = ReadState(known, task.Id);
            TaskPutRules.Change(state, known is null, task, nextRunAt, keepsNext);
            WriteStates(session, [state]);
            return session.NewDefinitions();
        });
    }

    public bool RemoveTask(string id) => database.Change(session =>
    {
        marks.Check(session);
        session.Execute("delete from task_state where task_id = @id", new { id });
        return session.Execute("delete from task where id = @id", new { id }) > 0 && session.NewDefinitions();
    });

    public void ClearPause(string taskId) => database.Change(session =>
    {
        marks.Check(session);
        var state = LockedState(session, taskId);
        if (!TaskStateRules.EndPause(state))
        {
            return false;
        }

        WriteStates(session, [state]);
        return session.NewDefinitions();
    });

    public DateTimeOffset? GetEarliestDue() => database.Once(EarliestDue);

    public bool MoveNextRun(string taskId, DateTimeOffset? was, DateTimeOffset next) => database.Change(session =>
    {
        marks.Check(session);
        var state = LockedState(session, taskId);
        if (state.NextRunAt != was || !session.Exists("from task where id = @taskId", new { taskId }))
        {
            return false;
        }

        state.NextRunAt = next;
        WriteStates(session, [state]);
        return true;
    });

    private static ReportTask WithState(ReportTask task, string? state) => TaskStateRules.Show(task, ReadState(state, task.Id));

    // a state that cannot be read is rebuilt by the next run; the task itself is what people wrote
    private static ReportTaskState ReadState(string? json, string taskId) =>
        json is not null && RecordJson.TryRead<ReportTaskState>(json, out var read, out _) ? read : new ReportTaskState { TaskId = taskId };

    private static ReportTaskState LockedState(StoreSession session, string taskId) =>
        ReadState(session.Find(LockedStateRow(session.Sql), new { TaskId = taskId }), taskId);

    private static string LockedStateRow(StoreDialect sql) =>
        $"select record from task_state{sql.LockHint(skip: false)} where task_id = @TaskId {sql.Lock(skip: false)}";

    private static ReportTask? TaskOf(List<TaskRow> found, string nameOrId) =>
        found is not [var row, ..] ? null
        : RecordJson.TryRead<ReportTask>(row.Record, out var task, out var problem) ? WithState(task, row.State)
        : throw StoreErrors.RecordNotReadable(TaskPutRules.Noun, nameOrId, problem);

    private static Dictionary<string, ReportTask> TasksOf(StoreSession session, IEnumerable<string> ids) =>
        session.Query<TaskRow>($"{TaskAndState} where {session.Sql.In("t.id", "Ids")}", new { Ids = session.Sql.List([.. ids.Distinct()]) })
            .Select(row => RecordJson.TryRead<ReportTask>(row.Record, out var task, out _) ? WithState(task, row.State) : null)
            .OfType<ReportTask>()
            .ToDictionary(task => task.Id, StringComparer.Ordinal);

    private static DateTimeOffset? EarliestDue(StoreSession session) =>
        Instant(session.Scalar<long?>(EarliestDueRow));

    private static void WriteStates(StoreSession session, IReadOnlyCollection<ReportTaskState> states)
    {
        if (states.Count > 0)
        {
            session.Upsert("task_state", ["task_id"], RowsOf(states));
        }
    }

    private static RowSet RowsOf(IReadOnlyCollection<ReportTaskState> states) => new RowSet()
        .With("task_id", [.. states.Select(state => state.TaskId)])
        .With("wake_at", [.. states.Select(StoreKeys.WakeAt)])
        .With("record", [.. states.Select(RecordJson.Write)]);

    private static DateTimeOffset? Instant(long? ticks) => ticks is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;

    private IReadOnlyList<UnreadableRecord> UnreadableTasks() => database.Once(session =>
        (IReadOnlyList<UnreadableRecord>)[.. session.Query<TaskRow>(TaskAndState)
            .Select(row => RecordJson.TryRead<ReportTask>(row.Record, out _, out var problem)
                ? null
                : new UnreadableRecord(TaskPutRules.Noun, row.Name, problem)).OfType<UnreadableRecord>()]);

    private sealed record TaskRow(string Id, string Name, string Record, string? State);
}
