using LiteDB;

namespace ReportScheduler.Store.LiteDb;

internal sealed partial class LiteReportStore
{
    private const string TaskNoun = "ReportTask";

    public IReadOnlyList<ReportTask> GetTasks() => file.Read(database =>
    {
        var states = database.GetCollection(StoreSchema.TaskStates).FindAll().ToLookup(state => state["_id"].AsString);
        return database.GetCollection(StoreSchema.Tasks).Query().OrderBy(StoreSchema.NameKey).ToEnumerable()
            .Select(document => StoreRecords.TryRead<ReportTask>(document, out var task, out _)
                ? WithState(task, states[task.Id].FirstOrDefault())
                : null)
            .OfType<ReportTask>()
            .ToList();
    });

    public ReportTask? FindTask(string nameOrId) => file.Read(database =>
    {
        var tasks = database.GetCollection(StoreSchema.Tasks);
        return TaskOf(database, FindByName(tasks, nameOrId) ?? tasks.FindById(nameOrId), nameOrId);
    });

    public ReportTask? FindDefinition(string id) =>
        cache.Get($"{StoreSchema.Tasks}/{id}", () => file.Read(database => Found(database, StoreSchema.Tasks, id))) is not [var document]
            ? null
            : StoreRecords.TryRead<ReportTask>(document, out var task, out var problem) ? task
            : throw StoreErrors.RecordNotReadable(TaskNoun, id, problem);

    public void PutTask(ReportTask task, PutMode mode, DateTimeOffset? nextRunAt, bool keepsNext = false)
    {
        StoreKeys.CheckName(TaskNoun, task.Name);
        StoreKeys.CheckName(TaskNoun, task.Id);
        file.Change(
            database =>
            {
                var tasks = database.GetCollection(StoreSchema.Tasks);
                var sameName = FindByName(tasks, task.Name);
                if (sameName is not null && sameName["_id"] != task.Id)
                {
                    if (mode != PutMode.Replace)
                    {
                        throw StoreErrors.NameTaken(TaskNoun, task.Name);
                    }
                    // what is replaced keeps its id, and with it its history and counts
                    task.Id = sameName["_id"].AsString;
                }

                var present = tasks.FindById(task.Id);
                var isThere = present is not null;
                if (mode == PutMode.Add && isThere)
                {
                    throw StoreErrors.NameTaken(TaskNoun, task.Name);
                }

                if (mode == PutMode.Update && !isThere)
                {
                    throw StoreErrors.NotFound(TaskNoun, task.Name, []);
                }

                var revision = present?[nameof(ReportTask.Revision)] is { IsInt32: true } kept ? kept.AsInt32 : 0;
                if (mode == PutMode.Update && revision != task.Revision)
                {
                    throw StoreErrors.TaskChangedMeanwhile(task.Name);
                }

                task.Revision = revision + 1;
                tasks.Upsert(Document(task));
                var states = database.GetCollection(StoreSchema.TaskStates);
                var known = states.FindById(task.Id);
                var state = ReadState(known, task.Id);
                if (known is null)
                {
                    (state.LastRunAt, state.RunCount, state.ErrorCount, state.LastError) =
                        (task.State.LastRunAt, task.State.RunCount, task.State.ErrorCount, task.State.LastError);
                }

                state.NextRunAt = !task.Enabled ? null : keepsNext && known is not null ? state.NextRunAt : nextRunAt;
                return WriteState(states, state);
            },
            stamp.Renew);
    }

    public bool RemoveTask(string id) => file.Change(
        database =>
        {
            database.GetCollection(StoreSchema.TaskStates).Delete(id);
            return database.GetCollection(StoreSchema.Tasks).Delete(id);
        },
        stamp.Renew);

    public void ClearPause(string taskId) => file.Change(
        database =>
        {
            var states = database.GetCollection(StoreSchema.TaskStates);
            var state = ReadState(states.FindById(taskId), taskId);
            if (state.PausedBecause is null)
            {
                return false;
            }

            state.PausedBecause = null;
            state.ConsecutiveFailures = 0;
            return WriteState(states, state);
        },
        stamp.Renew);

    private static BsonDocument? FindByName(ILiteCollection<BsonDocument> tasks, string name) =>
        tasks.FindOne(StoreQuery.Is(StoreSchema.NameKey, StoreKeys.OfName(name)));

    private static ReportTask? TaskOf(LiteDatabase database, BsonDocument? document, string nameOrId) =>
        document is null ? null
        : StoreRecords.TryRead<ReportTask>(document, out var task, out var problem)
            ? WithState(task, database.GetCollection(StoreSchema.TaskStates).FindById(task.Id))
            : throw StoreErrors.RecordNotReadable(TaskNoun, nameOrId, problem);

    private static Dictionary<string, ReportTask> TasksOf(LiteDatabase database, IEnumerable<string> ids) =>
        ids.Distinct(StringComparer.Ordinal).Select(id => database.GetCollection(StoreSchema.Tasks).FindById(id))
            .Select(document => document is not null && StoreRecords.TryRead<ReportTask>(document, out var task, out _) ? task : null)
            .OfType<ReportTask>()
            .ToDictionary(task => task.Id, task => WithState(task, database.GetCollection(StoreSchema.TaskStates).FindById(task.Id)),
                StringComparer.Ordinal);

    private static ReportTask WithState(ReportTask task, BsonDocument? state)
    {
        task.State = ReadState(state, task.Id);
        if (task.State.PausedBecause is not null)
        {
            task.State.NextRunAt = null;
        }

        return task;
    }

    // a state that cannot be read is rebuilt by the next run; the task itself is what people wrote
    private static ReportTaskState ReadState(BsonDocument? state, string taskId) =>
        state is not null && StoreRecords.TryRead<ReportTaskState>(state, out var read, out _)
            ? read
            : new ReportTaskState { TaskId = taskId };

    private static bool WriteState(ILiteCollection<BsonDocument> states, ReportTaskState state) => states.Upsert(Document(state));

    private static BsonDocument Document(ReportTask task)
    {
        var document = StoreMapper.Write(task);
        document[StoreSchema.NameKey] = StoreKeys.OfName(task.Name);
        return document;
    }

    private static BsonDocument Document(ReportTaskState state)
    {
        var document = StoreMapper.Write(state);
        if (state is { PausedBecause: null, NextRunAt: { } next })
        {
            document[StoreSchema.WakeAt] = next.UtcTicks;
        }

        return document;
    }

    private List<UnreadableRecord> UnreadableTasks() => file.Read(database =>
        database.GetCollection(StoreSchema.Tasks).FindAll()
            .Select(document => StoreRecords.TryRead<ReportTask>(document, out _, out var problem)
                ? null
                : new UnreadableRecord(TaskNoun, document["Name"].AsString ?? document["_id"].AsString, problem))
            .OfType<UnreadableRecord>()
            .ToList());
}
