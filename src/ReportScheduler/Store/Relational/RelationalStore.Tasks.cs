using Dapper;
using Npgsql;

namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    private const string TaskNoun = "ReportTask";
    private const string TaskAndState =
        "select t.id, t.name, t.record, s.record as state from task t left join task_state s on s.task_id = t.id";

    public IReadOnlyList<ReportTask> GetTasks() => database.Once(connection =>
        (IReadOnlyList<ReportTask>)[.. connection.Query<TaskRow>($"{TaskAndState} order by t.name_key collate \"C\"")
            .Select(row => RecordJson.TryRead<ReportTask>(row.Record, out var task, out _) ? WithState(task, row.State) : null)
            .OfType<ReportTask>()]);

    public ReportTask? FindTask(string nameOrId) => database.Once(connection =>
        connection.QueryFirstOrDefault<TaskRow>(
            $"{TaskAndState} where t.name_key = @Key or t.id = @nameOrId order by t.name_key = @Key desc limit 1",
            new { Key = StoreKeys.OfName(nameOrId), nameOrId }) is not { } row ? null
            : RecordJson.TryRead<ReportTask>(row.Record, out var task, out var problem) ? WithState(task, row.State)
            : throw StoreErrors.RecordNotReadable(TaskNoun, nameOrId, problem));

    public void PutTask(ReportTask task, PutMode mode, DateTimeOffset? nextRunAt)
    {
        StoreKeys.CheckName(TaskNoun, task.Name);
        StoreKeys.CheckName(TaskNoun, task.Id);
        var key = StoreKeys.OfName(task.Name);
        database.Change((connection, transaction) =>
        {
            CheckMoved(connection, transaction);
            var sameName =
                connection.QuerySingleOrDefault<string>("select id from task where name_key = @key for update", new { key }, transaction);
            if (sameName is not null && sameName != task.Id)
            {
                if (mode != PutMode.Replace)
                {
                    throw StoreErrors.NameTaken(TaskNoun, task.Name);
                }

                // what is replaced keeps its id, and with it its history and counts
                task.Id = sameName;
            }

            var present =
                connection.QuerySingleOrDefault<int?>("select revision from task where id = @Id for update", new { task.Id }, transaction);
            if (mode == PutMode.Add && present is not null)
            {
                throw StoreErrors.NameTaken(TaskNoun, task.Name);
            }

            if (mode == PutMode.Update && present is null)
            {
                throw StoreErrors.NotFound(TaskNoun, task.Name, []);
            }

            if (mode == PutMode.Update && present != task.Revision)
            {
                throw StoreErrors.TaskChangedMeanwhile(task.Name);
            }

            task.Revision = (present ?? 0) + 1;
            var row = new { task.Id, key, task.Name, task.TimeZone, IsParallel = task.Overlap == OverlapPolicy.Parallel, task.Revision,
                Record = RecordJson.Write(task) };
            connection.Execute(
                present is null
                    ? "insert into task values (@Id, @key, @Name, @TimeZone, @IsParallel, @Revision, @Record)"
                    : "update task set name_key = @key, name = @Name, time_zone = @TimeZone, is_parallel = @IsParallel, revision = "
                        + "@Revision, record = @Record where id = @Id",
                row, transaction);
            var known = connection.QuerySingleOrDefault<string>("select record from task_state where task_id = @Id for update",
                new { task.Id }, transaction);
            var state = ReadState(known, task.Id);
            if (known is null)
            {
                (state.LastRunAt, state.RunCount, state.ErrorCount, state.LastError) =
                    (task.State.LastRunAt, task.State.RunCount, task.State.ErrorCount, task.State.LastError);
            }

            state.NextRunAt = task.Enabled ? nextRunAt : null;
            WriteState(connection, transaction, state);
            return RelationalDatabase.NewDefinitions(connection, transaction);
        });
    }

    public bool RemoveTask(string id) => database.Change((connection, transaction) =>
    {
        connection.Execute("delete from task_state where task_id = @id", new { id }, transaction);
        return connection.Execute("delete from task where id = @id", new { id }, transaction) > 0
            && RelationalDatabase.NewDefinitions(connection, transaction);
    });

    public void ClearPause(string taskId) => database.Change((connection, transaction) =>
    {
        var state = LockedState(connection, transaction, taskId);
        if (state.PausedBecause is null)
        {
            return false;
        }

        (state.PausedBecause, state.ConsecutiveFailures) = (null, 0);
        WriteState(connection, transaction, state);
        return RelationalDatabase.NewDefinitions(connection, transaction);
    });

    public DateTimeOffset? GetEarliestDue() => database.Once(
        connection => Instant(connection.ExecuteScalar<long?>("select min(wake_at) from task_state where wake_at is not null")));

    public bool MoveNextRun(string taskId, DateTimeOffset? was, DateTimeOffset next) => database.Change((connection, transaction) =>
    {
        var state = LockedState(connection, transaction, taskId);
        if (state.NextRunAt != was
            || !connection.ExecuteScalar<bool>("select exists (select 1 from task where id = @taskId)", new { taskId }, transaction))
        {
            return false;
        }

        state.NextRunAt = next;
        return WriteState(connection, transaction, state);
    });

    private static ReportTask WithState(ReportTask task, string? state)
    {
        task.State = ReadState(state, task.Id);
        if (task.State.PausedBecause is not null)
        {
            task.State.NextRunAt = null;
        }

        return task;
    }

    // a state that cannot be read is rebuilt by the next run; the task itself is what people wrote
    private static ReportTaskState ReadState(string? json, string taskId) =>
        json is not null && RecordJson.TryRead<ReportTaskState>(json, out var read, out _) ? read : new ReportTaskState { TaskId = taskId };

    private static ReportTaskState LockedState(NpgsqlConnection connection, NpgsqlTransaction transaction, string taskId) =>
        ReadState(connection.QuerySingleOrDefault<string>("select record from task_state where task_id = @taskId for update",
            new { taskId }, transaction), taskId);

    private static bool WriteState(NpgsqlConnection connection, NpgsqlTransaction transaction, ReportTaskState state) => connection.Execute(
        "insert into task_state values (@TaskId, @WakeAt, @Record) on conflict (task_id) do update set wake_at = excluded.wake_at, "
            + "record = excluded.record",
        new { state.TaskId, WakeAt = WakeAt(state), Record = RecordJson.Write(state) }, transaction) > 0;

    private static long? WakeAt(ReportTaskState state) => state is { PausedBecause: null, NextRunAt: { } next } ? next.UtcTicks : null;

    private static DateTimeOffset? Instant(long? ticks) => ticks is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;

    private IReadOnlyList<UnreadableRecord> UnreadableTasks() => database.Once(connection =>
        (IReadOnlyList<UnreadableRecord>)[.. connection.Query<TaskRow>(TaskAndState)
            .Select(row => RecordJson.TryRead<ReportTask>(row.Record, out _, out var problem)
                ? null
                : new UnreadableRecord(TaskNoun, row.Name, problem)).OfType<UnreadableRecord>()]);

    private sealed record TaskRow(string Id, string Name, string Record, string? State);
}
