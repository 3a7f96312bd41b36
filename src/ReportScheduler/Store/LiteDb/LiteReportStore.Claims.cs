using LiteDB;

namespace ReportScheduler.Store.LiteDb;

internal sealed partial class LiteReportStore
{
    private const int FewTasks = 20;

    public IReadOnlyList<DueTask> GetDue(int limit) => file.Read(database => Due(database, limit));

    public IReadOnlyList<ReportRun> PlanDue(IReadOnlyList<TaskPlan> plans) =>
        plans.Count == 0 ? [] : file.Change(database => CarryOut(database, plans));

    public PlannedRuns PlanDue(int limit, Func<DueTask, ReportSchedulerOption, DuePlan> plan, TakeOrder? take = null) =>
        file.Change(database =>
    {
        var due = Due(database, limit);
        var option = ReadOption(database);
        var waiting = CarryOut(database, due.ConvertAll(task => new TaskPlan(task, plan(task, option))));
        return new PlannedRuns(waiting, due.Count, Earliest(database, StoreSchema.TaskStates, StoreSchema.WakeAt),
            take is null ? null : Take(database, take.Owner, take.Limit, null, take.ExceptTasks));
    });

    private List<DueTask> Due(LiteDatabase database, int limit)
    {
        var states = database.GetCollection(StoreSchema.TaskStates).Query()
            .Where(StoreQuery.Between(StoreSchema.WakeAt, 0L, Clock.GetUtcNow().UtcTicks))
            .OrderBy(StoreSchema.WakeAt).Limit(limit).ToList();
        // of many tasks they are read at once
        var unfinished = states.Count > FewTasks
            ? Unfinished(database, StoreQuery.AtLeast(StoreSchema.OpenKey, "")).ToLookup(run => run.TaskId, StringComparer.Ordinal)
            : null;
        return states.ConvertAll(state => DueOf(database, state,
            id => unfinished is null ? [.. Unfinished(database, StoreQuery.Is(StoreSchema.OpenKey, id))] : [.. unfinished[id]]));
    }

    private IReadOnlyList<ReportRun> CarryOut(LiteDatabase database, IReadOnlyList<TaskPlan> plans)
    {
        var states = database.GetCollection(StoreSchema.TaskStates);
        var waiting = new List<ReportRun>();
        foreach (var (due, plan) in plans)
        {
            if (states.FindById(due.TaskId) is not { } document || document[StoreSchema.WakeAt] != due.DueAt.UtcTicks)
                continue;
            if (!database.GetCollection(StoreSchema.Tasks).Exists(StoreQuery.Is("_id", due.TaskId)))
            {
                states.Delete(due.TaskId);
                continue;
            }
            waiting.AddRange(plan.Records.Where(record => Insert(database, record) && !record.IsFinal));
            waiting.AddRange(plan.DueAt.Select(due.RunOf).Where(run => Insert(database, run)));
            var state = ReadState(document, due.TaskId);
            state.NextRunAt = plan.NextRunAt;
            WriteState(states, state);
        }
        return [.. waiting.OrderBy(run => run.DueAt)];
    }

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
                othersWait = true;
        }
        if (chosen.Count == 0)
            return new TakenRuns([], othersWait);
        Beat(database, owner);
        foreach (var (document, run) in chosen)
        {
            document[StoreSchema.Owner] = owner;
            document[StoreSchema.WaitAt] = BsonValue.Null;
            runs.Update(document);
            run.Owner = owner;
            WithDeliveries(database, run);
        }
        return new TakenRuns([.. chosen.Select(one => one.Run)], othersWait);
    }

    public int CountWaiting() =>
        file.Read(database => database.GetCollection(StoreSchema.Runs).Count(StoreQuery.AtLeast(StoreSchema.WaitAt, 0L)));

    public DateTimeOffset? GetEarliestDue() => file.Read(database => Earliest(database, StoreSchema.TaskStates, StoreSchema.WakeAt));

    public bool MoveNextRun(string taskId, DateTimeOffset? was, DateTimeOffset next) => file.Change(database =>
    {
        var states = database.GetCollection(StoreSchema.TaskStates);
        var state = ReadState(states.FindById(taskId), taskId);
        if (state.NextRunAt != was || !database.GetCollection(StoreSchema.Tasks).Exists(StoreQuery.Is("_id", taskId)))
            return false;
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

    private static DueTask DueOf(LiteDatabase database, BsonDocument state, Func<string, IReadOnlyList<ReportRun>> unfinished)
    {
        var id = state["_id"].AsString;
        var dueAt = StoreMapper.Instant(state[StoreSchema.WakeAt]);
        if (database.GetCollection(StoreSchema.Tasks).FindById(id) is not { } document)
            return new DueTask { TaskId = id, Name = id, TimeZone = "", DueAt = dueAt };
        var due = new DueTask { TaskId = id, Name = document["Name"].AsString ?? id, TimeZone = document["TimeZone"].AsString ?? "",
            DueAt = dueAt };
        if (!StoreRecords.TryRead<ReportTask>(document, out var task, out var problem))
            return due with { Problem = problem };
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

    // the unique key is asked first: a refused insert would undo the whole transaction
    private bool Insert(LiteDatabase database, ReportRun run)
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        if (run.Trigger == RunTrigger.Schedule
            && runs.Exists(StoreQuery.Is(StoreSchema.OnceKey, StoreKeys.OnceKey(run))))
        {
            return false;
        }
        if (run.Id.Length == 0)
            run.Id = RunIds.Create(Clock.GetUtcNow());
        var document = StoreRecords.Write(run);
        document[Counted] = run.IsFinal;
        runs.Insert(document);
        return true;
    }
}
