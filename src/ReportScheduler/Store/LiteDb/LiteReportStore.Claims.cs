using LiteDB;

namespace ReportScheduler.Store.LiteDb;

internal sealed partial class LiteReportStore
{
    private const int FewTasks = 20;

    public void Rehearse(ReportTask task, Action<IReportStore> play)
    {
        using var memory = StoreOperation.NewDatabase();
        memory.GetCollection(StoreSchema.Tasks).Insert(Document(task));
        WriteState(memory.GetCollection(StoreSchema.TaskStates), task.State);
        play(over(new RehearsedStoreFile(Address, memory)));
    }

    // what is taken with the plan is written once, with its owner
    public PlannedRuns PlanDue(int limit, Func<IReadOnlyList<DueTask>, IReadOnlyList<TaskPlan>> plan, TakeOrder? take = null) =>
        file.Change(database =>
    {
        if (take is not null && IsOutdated(take))
        {
            return PlannedRuns.Outdated;
        }

        var planned = CarryOut(database, plan(Due(database, limit)));
        List<ReportRun> waiting = [.. planned.Where(StoreKeys.IsWaiting).OrderBy(run => run.DueAt)];
        var taken = take is null ? null : Take(database, take, null, waiting);
        Write(database, planned);
        return new PlannedRuns(waiting, Earliest(database, StoreSchema.TaskStates, StoreSchema.WakeAt), taken);
    });

    private List<DueTask> Due(LiteDatabase database, int limit)
    {
        var states = database.GetCollection(StoreSchema.TaskStates).Query()
            .Where(StoreQuery.Between(StoreSchema.WakeAt, 0L, Clock.GetUtcNow().UtcTicks))
            .Limit(limit).ToList();
        var tasks = ById(database.GetCollection(StoreSchema.Tasks), states.Select(Id));
        // of many tasks they are read at once
        var unfinished = states.Count > FewTasks
            ? Unfinished(database, StoreQuery.AtLeast(StoreSchema.OpenKey, ""), tasks.ContainsKey)
                .ToLookup(run => run.TaskId, StringComparer.Ordinal)
            : null;
        return states.ConvertAll(state => DueOf(tasks.GetValueOrDefault(state["_id"].AsString), state,
            id => unfinished is null ? [.. Unfinished(database, StoreQuery.Is(StoreSchema.OpenKey, id), _ => true)] : [.. unfinished[id]]));
    }

    /// <returns>The runs that come of it, which are not written yet.</returns>
    private List<ReportRun> CarryOut(LiteDatabase database, IReadOnlyList<TaskPlan> plans)
    {
        if (plans.Count == 0)
        {
            return [];
        }

        var states = database.GetCollection(StoreSchema.TaskStates);
        // the state of a task goes with it: one that is left alone is of no use
        foreach (var plan in plans.Where(plan => plan.Due.IsGone))
        {
            states.Delete(plan.Due.TaskId);
        }

        var kept = plans.Where(plan => !plan.Due.IsGone).ToList();
        states.Update(kept.Select(plan => Document(plan.Moved())));
        return Fresh(database, [.. kept.SelectMany(plan => plan.Runs)]);
    }

    // one query for all of them: each costs as much as many documents
    private static Dictionary<string, BsonDocument> ById(ILiteCollection<BsonDocument> collection, IEnumerable<string> ids) =>
        collection.Find(StoreQuery.In("_id", ids)).ToDictionary(Id, StringComparer.Ordinal);

    // a damaged one may have none
    private static string Id(BsonDocument document) =>
        document["_id"] is { IsString: true } id ? id.AsString : throw new InvalidDataException("A record has no id.");

    /// <summary>What an index has of a field.</summary>
    private static IEnumerable<string> Indexed(ILiteCollection<BsonDocument> collection, string field, BsonExpression which) =>
        collection.Query().Where(which).Select($"$.{field}").ToEnumerable().Select(found => found[field].AsString);

    public TakenRuns TakeRuns(TakeOrder take, string? runId = null) =>
        file.Change(database => IsOutdated(take) ? TakenRuns.Outdated : Take(database, take, runId, []));

    private bool IsOutdated(TakeOrder order) => order.Definitions is { } known && known != DefinitionVersion;

    // those that are planned wait too and are not written yet, the oldest due first
    private TakenRuns Take(LiteDatabase database, TakeOrder order, string? runId, IReadOnlyList<ReportRun> planned)
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        var kept = runs.Query().Where(StoreQuery.AtLeast(StoreSchema.WaitAt, 0L)).ToEnumerable();
        var busy = Busy(database);
        var later = order.LaterTasks.ToHashSet(StringComparer.Ordinal);
        var (chosen, othersWait) = (new List<WaitingRun>(), false);
        foreach (var one in WaitingRun.Merge(kept, planned)
            .Where(one => (runId is null || one.Id == runId) && !order.ExceptTasks.Contains(one.TaskId)))
        {
            if (chosen.Count >= order.Limit)
            {
                othersWait = true;
                break;
            }

            if (!later.Contains(one.TaskId) && (!busy.Contains(one.TaskId) || IsParallel(database, one.TaskId)) && one.TryRead())
            {
                busy.Add(one.TaskId);
                chosen.Add(one);
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

        Beat(database, order.Owner);
        chosen.ForEach(one => one.GiveTo(order.Owner, Clock.GetUtcNow()));
        var before = chosen.FindAll(one => one.Document is not null);
        runs.Update(before.Select(one => one.Document!));
        WithDeliveries(database, before.ConvertAll(one => one.Run!));
        return new TakenRuns(chosen.ConvertAll(one => one.Run!), othersWait);
    }

    public void PutBackRuns(string owner, IReadOnlyCollection<string> runIds) => file.Change(database =>
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        return runs.Update(runIds.Select(id => runs.FindById(id))
            .Where(document => document is not null && document[StoreSchema.Owner] == owner)
            .Select(document =>
            {
                document.Remove(StoreSchema.Owner);
                document[StoreSchema.WaitAt] = document[nameof(ReportRun.DueAt)];
                return document;
            }).ToList());
    });

    /// <summary>The tasks of which a run is going on that no person asked for.</summary>
    private static HashSet<string> Busy(LiteDatabase database) => Owned(database)
        .Where(run => run[nameof(ReportRun.Trigger)] != nameof(RunTrigger.Manual)
            && run[nameof(ReportRun.Outcome)] == nameof(RunOutcome.Running))
        .Select(run => run[nameof(ReportRun.TaskId)].AsString).ToHashSet(StringComparer.Ordinal);

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
        database.GetCollection(collection).Query().Where(StoreQuery.AtLeast(field, from)).Limit(1).ToList() is [var first]
            ? StoreMapper.Instant(first[field])
            : null;

    private static bool IsParallel(LiteDatabase database, string taskId) =>
        database.GetCollection(StoreSchema.Tasks).FindById(taskId)?[nameof(ReportTask.Overlap)] == nameof(OverlapPolicy.Parallel);

    private static DueTask DueOf(BsonDocument? document, BsonDocument state, Func<string, IReadOnlyList<ReportRun>> unfinished)
    {
        var id = state["_id"].AsString;
        var due = new DueTask
        {
            TaskId = id,
            Name = document?["Name"].AsString ?? id,
            TimeZone = document?["TimeZone"].AsString ?? "",
            DueAt = StoreMapper.Instant(state[StoreSchema.WakeAt]),
            State = ReadState(state, id),
        };
        if (document is null)
        {
            return due;
        }

        if (!StoreRecords.TryRead<ReportTask>(document, out var task, out var problem))
        {
            return due with { Problem = problem };
        }

        return due.With(task, unfinished(id));
    }

    private static IEnumerable<ReportRun> Unfinished(LiteDatabase database, BsonExpression which, Func<string, bool> isOf) =>
        database.GetCollection(StoreSchema.Runs).Query().Where(which).ToList()
            .Where(document => document[StoreSchema.OpenKey] is { IsString: true } task && isOf(task.AsString))
            .Select(document => StoreRecords.TryReadRun(document, out var run, out _) ? run : null)
            .OfType<ReportRun>()
            .OrderBy(run => run.DueAt);

    /// <summary>Inserts a run, but none for a due time that has one.</summary>
    private bool Insert(LiteDatabase database, ReportRun run)
    {
        var fresh = Fresh(database, [run]);
        Write(database, fresh);
        return fresh.Count > 0;
    }

    /// <summary>Those of the runs whose due times have none yet, with their ids.</summary>
    private List<ReportRun> Fresh(LiteDatabase database, IReadOnlyList<ReportRun> runs)
    {
        // the unique key is asked first: a refused insert would undo the whole transaction
        var known = KnownKeys(database, runs.Where(run => run.Trigger == RunTrigger.Schedule));
        var fresh = runs.Where(run => run.Trigger != RunTrigger.Schedule || known.Add(StoreKeys.OnceKey(run))).ToList();
        foreach (var run in fresh.Where(run => run.Id.Length == 0))
        {
            run.Id = RunIds.Create(Clock.GetUtcNow());
        }

        return fresh;
    }

    // those of one instant stand side by side in the index; to look for each costs as much as a dozen of those
    private static HashSet<string> KnownKeys(LiteDatabase database, IEnumerable<ReportRun> scheduled)
    {
        var instants = scheduled.GroupBy(run => run.DueAt.UtcTicks, StoreKeys.OnceKey).ToLookup(keys => keys.Count() > FewTasks);
        List<BsonExpression> which = [.. instants[true].Select(keys =>
            StoreQuery.Between(StoreSchema.OnceKey, keys.Min(StringComparer.Ordinal), keys.Max(StringComparer.Ordinal)))];
        if (instants[false].Any())
        {
            which.Add(StoreQuery.In(StoreSchema.OnceKey, instants[false].SelectMany(keys => keys)));
        }

        var runs = database.GetCollection(StoreSchema.Runs);
        return which.SelectMany(one => Indexed(runs, StoreSchema.OnceKey, one)).ToHashSet(StringComparer.Ordinal);
    }

    private static void Write(LiteDatabase database, List<ReportRun> fresh) =>
        database.GetCollection(StoreSchema.Runs).Insert(fresh.Select(run =>
        {
            var document = StoreRecords.Write(run);
            if (run.IsFinal)
            {
                document[Counted] = true;
            }

            return document;
        }));
}
