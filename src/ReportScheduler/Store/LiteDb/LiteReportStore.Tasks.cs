using LiteDB;

namespace ReportScheduler.Store.LiteDb;

internal sealed partial class LiteReportStore
{
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
            : throw StoreErrors.RecordNotReadable(TaskPutRules.Noun, id, problem);

    public void PutTask(ReportTask task, PutMode mode, DateTimeOffset? nextRunAt, bool keepsNext = false)
    {
        TaskPutRules.CheckNames(task);
        file.Change(
            database =>
            {
                var tasks = database.GetCollection(StoreSchema.Tasks);
                TaskPutRules.TakeId(task, mode, FindByName(tasks, task.Name)?["_id"].AsString);
                TaskPutRules.TakeRevision(task, mode, tasks.FindById(task.Id) is { } present ? RevisionOf(present) : null);
                tasks.Upsert(Document(task));
                var states = database.GetCollection(StoreSchema.TaskStates);
                var known = states.FindById(task.Id);
                var state = ReadState(known, task.Id);
                TaskPutRules.Change(state, known is null, task, nextRunAt, keepsNext);
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
            return TaskStateRules.EndPause(state) && WriteState(states, state);
        },
        stamp.Renew);

    private static BsonDocument? FindByName(ILiteCollection<BsonDocument> tasks, string name) =>
        tasks.FindOne(StoreQuery.Is(StoreSchema.NameKey, StoreKeys.OfName(name)));

    private static ReportTask? TaskOf(LiteDatabase database, BsonDocument? document, string nameOrId) =>
        document is null ? null
        : StoreRecords.TryRead<ReportTask>(document, out var task, out var problem)
            ? WithState(task, database.GetCollection(StoreSchema.TaskStates).FindById(task.Id))
            : throw StoreErrors.RecordNotReadable(TaskPutRules.Noun, nameOrId, problem);

    private static Dictionary<string, ReportTask> TasksOf(LiteDatabase database, IEnumerable<string> ids) =>
        ids.Distinct(StringComparer.Ordinal).Select(id => database.GetCollection(StoreSchema.Tasks).FindById(id))
            .Select(document => document is not null && StoreRecords.TryRead<ReportTask>(document, out var task, out _) ? task : null)
            .OfType<ReportTask>()
            .ToDictionary(task => task.Id, task => WithState(task, database.GetCollection(StoreSchema.TaskStates).FindById(task.Id)),
                StringComparer.Ordinal);

    // the first versions wrote none
    private static int RevisionOf(BsonDocument task) => task[nameof(ReportTask.Revision)] is { IsInt32: true } kept ? kept.AsInt32 : 0;

    private static ReportTask WithState(ReportTask task, BsonDocument? state) =>
        TaskStateRules.Show(task, ReadState(state, task.Id));

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
        if (StoreKeys.WakeAt(state) is { } wake)
        {
            document[StoreSchema.WakeAt] = wake;
        }

        return document;
    }

    private List<UnreadableRecord> UnreadableTasks() => file.Read(database =>
        database.GetCollection(StoreSchema.Tasks).FindAll()
            .Select(document => StoreRecords.TryRead<ReportTask>(document, out _, out var problem)
                ? null
                : new UnreadableRecord(TaskPutRules.Noun, document["Name"].AsString ?? document["_id"].AsString, problem))
            .OfType<UnreadableRecord>()
            .ToList());
}
