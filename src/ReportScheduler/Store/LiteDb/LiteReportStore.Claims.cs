using LiteDB;

namespace ReportScheduler.Store.LiteDb;

internal sealed partial class LiteReportStore
{
    private const int FewTasks = 20;

    public void Rehearse(ReportTask task, Action<IReportStore> play) => file.Rehearse(inside =>
    {
        inside.Change(database =>
        {
            database.GetCollection(StoreSchema.Tasks).Insert(Document(task));
            return WriteState(database.GetCollection(StoreSchema.TaskStates), task.State);
        });
        play(over(inside));
    });

    public IReadOnlyList<DueTask> GetDue(int limit) => file.Read(database => Due(database, limit));

    public PlannedRuns PlanDue(IReadOnlyList<TaskPlan> plans, TakeOrder? take = null) => file.Change(database => new PlannedRuns(
        CarryOut(database, plans),
        Earliest(database, StoreSchema.TaskStates, StoreSchema.WakeAt),
        take is null ? null : Take(database, take.Owner, take.Limit, null, take.ExceptTasks)));

    private List<DueTask> Due(LiteDatabase database, int limit)
    {
        var states = database.GetCollection(StoreSchema.TaskStates).Query()
            .Where(StoreQuery.Between(StoreSchema.WakeAt, 0L, Clock.GetUtcNow().UtcTicks))
            .OrderBy(StoreSchema.WakeAt).Limit(limit).ToList();
        var tasks = ById(database.GetCollection(StoreSchema.Tasks), states.Select(state => state["_id"].AsString));
        // of many tasks they are read at once
        var unfinished = states.Count > FewTasks
            ? Unfinished(database, StoreQuery.AtLeast(StoreSchema.OpenKey, "")).ToLookup(run => run.TaskId, StringComparer.Ordinal)
            : null;
        return states.ConvertAll(state => DueOf(tasks.GetValueOrDefault(state["_id"].AsString), state,
            id => unfinished is null ? [.. Unfinished(database, StoreQuery.Is(StoreSchema.OpenKey, id))] : [.. unfinished[id]]));
    }

    private IReadOnlyList<ReportRun> CarryOut(LiteDatabase database, IReadOnlyList<TaskPlan> plans)
    {
        if (plans.Count == 0)
        {
            return [];
        }

        var states = database.GetCollection(StoreSchema.TaskStates);
        var kept = StatesOf(states, plans);
        var mine = plans.Where(plan => kept.TryGetValue(plan.Due.TaskId, out var state)
            && state[StoreSchema.WakeAt] == plan.Due.DueAt.UtcTicks).ToList();
        // the state of a task goes with it: one that is left alone was alone when it was found
        var gone = mine.Where(plan => plan.Due is { Task: null, Problem: null }).Select(plan => plan.Due.TaskId).ToHashSet();
        gone.ExceptWith(Having(database.GetCollection(StoreSchema.Tasks), "_id", gone));
        foreach (var id in gone)
        {
            states.Delete(id);
        }

        mine.RemoveAll(plan => gone.Contains(plan.Due.TaskId));
        var inserted = Insert(database,
            [.. mine.SelectMany(plan => plan.Plan.Records.Concat(plan.Plan.DueAt.Select(plan.Due.RunOf)))]);
        states.Update(mine.Select(plan => Document(Moved(plan, kept[plan.Due.TaskId]))));
        return [.. inserted.Where(run => !run.IsFinal).OrderBy(run => run.DueAt)];
    }

    // many of them stand side by side in the index; to look for each costs as much as a dozen of those
    private static Dictionary<string, BsonDocument> StatesOf(ILiteCollection<BsonDocument> states, IReadOnlyList<TaskPlan> plans) =>
        plans.Count <= FewTasks
            ? ById(states, plans.Select(plan => plan.Due.TaskId))
            : states.Find(StoreQuery.Between(StoreSchema.WakeAt, plans.Min(plan => plan.Due.DueAt).UtcTicks,
                plans.Max(plan => plan.Due.DueAt).UtcTicks)).ToDictionary(state => state["_id"].AsString, StringComparer.Ordinal);

    private static ReportTaskState Moved(TaskPlan plan, BsonDocument before)
    {
        var state = ReadState(before, plan.Due.TaskId);
        state.NextRunAt = plan.Plan.NextRunAt;
        return state;
    }

    // one query for all of them: each costs as much as many documents
    private static Dictionary<string, BsonDocument> ById(ILiteCollection<BsonDocument> collection, IEnumerable<string> ids) =>
        collection.Find(StoreQuery.In("_id", ids)).ToDictionary(document => document["_id"].AsString, StringComparer.Ordinal);

    /// <summary>Those of the values that an index has.</summary>
    private static HashSet<string> Having(ILiteCollection<BsonDocument> collection, string field, IEnumerable<string> values) =>
        collection.Query().Where(StoreQuery.In(field, values)).Select($"$.{field}").ToEnumerable()
            .Select(found => found[field].AsString).ToHashSet(StringComparer.Ordinal);

    public TakenRuns TakeRuns(string owner, int limit, string? runId = null, IReadOnlyCollection<string>? exceptTasks = null) =>
        file.Change(database => Take(database, owner, limit, runId, exceptTasks));

    private TakenRuns Take(LiteDatabase database, string owner, int limit, string? runId, IReadOnlyCollection<string>? exceptTasks)
    {
        var runs = StoreSchema.RunsToTake(database);
        var waiting = runs.Query().Where(StoreQuery.AtLeast(StoreSchema.WaitAt, 0L)).OrderBy(StoreSchema.WaitAt).ToEnumerable()
            .Where(document => (runId is null || document["_id"] == runId)
                && exceptTasks?.Contains(document[nameof(ReportRun.TaskId)].AsString) != true);
        var busy = Owned(database).Where(run => run[nameof(ReportRun.Trigger)] != nameof(RunTrigger.Manual)
            && run[nameof(ReportRun.Outcome)] == nameof(RunOutcome.Running))
            .Select(run => run[nameof(ReportRun.TaskId)].AsString).ToHashSet(StringComparer.Ordinal);
        var (chosen, othersWait) = (new List<(BsonDocument Document, ReportRun Run)>(), false);
        foreach (var document in waiting)
        {
            if (chosen.Count >= limit)
            {
                othersWait = true;
                break;
            }

            var taskId = document[nameof(ReportRun.TaskId)].AsString;
            if ((!busy.Contains(taskId) || IsParallel(database, taskId)) && TryReadRun(document, out var run, out _))
            {
                busy.Add(taskId);
                chosen.Add((document, run));
            }
            else
            {
                othersWait = true;
            }
        }

        if (chosen.Count == 0)
        {
            return new TakenRuns([], othersWait);
        }

        Beat(database, owner);
        foreach (var (document, run) in chosen)
        {
            document[StoreSchema.Owner] = owner;
            document[StoreSchema.WaitAt] = BsonValue.Null;
            run.Owner = owner;
        }

        runs.Update(chosen.Select(one => one.Document));
        return new TakenRuns(WithDeliveries(database, chosen.ConvertAll(one => one.Run)), othersWait);
    }

    public int CountWaiting() =>
        file.Read(database => database.GetCollection(StoreSchema.Runs).Count(StoreQuery.AtLeast(StoreSchema.WaitAt, 0L)));

    public DateTimeOffset? GetEarliestDue() => file.Read(database => Earliest(database, StoreSchema.TaskStates, StoreSchema.WakeAt));

    public bool MoveNextRun(string taskId, DateTimeOffset? was, DateTimeOffset next) => file.Change(database =>
    {
        var states = database.GetCollection(StoreSchema.TaskStates);
        var state = ReadState(states.FindById(taskId), taskId);
        if (state.NextRunAt != was || !database.GetCollection(StoreSchema.Tasks).Exists(StoreQuery.Is("_id", taskId)))
        {
            return false;
        }

        state.NextRunAt = next;
        WriteState(states, state);
        return true;
    });

    private static DateTimeOffset? Earliest(LiteDatabase database, string collection, string field, long from = 0) =>
        database.GetCollection(collection).Query().Where(StoreQuery.AtLeast(field, from)).OrderBy(field).Limit(1).ToList() is [var first]
            ? StoreMapper.Instant(first[field])
            : null;

    private static bool IsParallel(LiteDatabase database, string taskId) =>
        database.GetCollection(StoreSchema.Tasks).FindById(taskId)?[nameof(ReportTask.Overlap)] == nameof(OverlapPolicy.Parallel);

    private static DueTask DueOf(BsonDocument? document, BsonDocument state, Func<string, IReadOnlyList<ReportRun>> unfinished)
    {
        var id = state["_id"].AsString;
        var dueAt = StoreMapper.Instant(state[StoreSchema.WakeAt]);
        if (document is null)
        {
            return new DueTask { TaskId = id, Name = id, TimeZone = "", DueAt = dueAt };
        }

        var due = new DueTask { TaskId = id, Name = document["Name"].AsString ?? id, TimeZone = document["TimeZone"].AsString ?? "",
            DueAt = dueAt };
        if (!StoreRecords.TryRead<ReportTask>(document, out var task, out var problem))
        {
            return due with { Problem = problem };
        }

        task.State = ReadState(state, id);
        // one whose state cannot be read is planned from what is certain
        task.State.NextRunAt = dueAt;
        return due with { Task = task, Unfinished = unfinished(id) };
    }

    private static IEnumerable<ReportRun> Unfinished(LiteDatabase database, BsonExpression which) =>
        database.GetCollection(StoreSchema.Runs).Query().Where(which).ToList()
            .Select(document => TryReadRun(document, out var run, out _) ? run : null)
            .OfType<ReportRun>()
            .OrderBy(run => run.DueAt);

    private bool Insert(LiteDatabase database, ReportRun run) => Insert(database, [run]).Count > 0;

    /// <summary>Inserts runs, but none for a due time that has one.</summary>
    private List<ReportRun> Insert(LiteDatabase database, IReadOnlyList<ReportRun> runs)
    {
        var collection = database.GetCollection(StoreSchema.Runs);
        // the unique key is asked first: a refused insert would undo the whole transaction
        string[] asked = [.. runs.Where(run => run.Trigger == RunTrigger.Schedule).Select(StoreKeys.OnceKey)];
        var known = asked.Length == 0 ? [] : Having(collection, StoreSchema.OnceKey, asked);
        var fresh = runs.Where(run => run.Trigger != RunTrigger.Schedule || known.Add(StoreKeys.OnceKey(run))).ToList();
        foreach (var run in fresh.Where(run => run.Id.Length == 0))
        {
            run.Id = RunIds.Create(Clock.GetUtcNow());
        }

        collection.Insert(fresh.Select(run =>
        {
            var document = StoreRecords.Write(run);
            document[Counted] = run.IsFinal;
            return document;
        }));
        return fresh;
    }
}
