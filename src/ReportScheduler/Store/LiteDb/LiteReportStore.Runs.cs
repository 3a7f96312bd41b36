using LiteDB;

namespace ReportScheduler.Store.LiteDb;

internal sealed partial class LiteReportStore
{
    // a run that was reopened to send it again is counted once
    private const string Counted = "Counted";

    public void AddRun(ReportRun run) => file.Change(database =>
    {
        Insert(database, run);
        if (run.Owner is { } owner)
        {
            Beat(database, owner);
        }

        WriteDeliveries(database, run);
        return true;
    });

    public ReportRun? AddDueRun(ReportRun run) => file.Change(database => Insert(database, run)
        ? null
        : WithDeliveries(database,
            Shown(database.GetCollection(StoreSchema.Runs).FindOne(StoreQuery.Is(StoreSchema.OnceKey, StoreKeys.OnceKey(run))))));

    public bool SaveRun(ReportRun run) => file.Change(database => Write(database, run, finish: false));

    public bool ReopenRun(ReportRun run, string stand) => file.Change(database => run.Owner is null
        && Kept(database, run.Id) is { AreFilesRemoved: false } kept && RunStand.Of(kept) == stand && Write(database, run, finish: false));

    public BegunRun BeginRun(ReportRun run) => file.Change(database =>
        TaskOf(database, database.GetCollection(StoreSchema.Tasks).FindById(run.TaskId), run.TaskName) is { } task
            ? new BegunRun(task, ReadOption(database), Write(database, run, finish: false), OldRuns(database, task))
            : BegunRun.WithoutTask);

    public bool FinishRun(ReportRun run, string? stand = null) => file.Change(database =>
        (stand is null || (Kept(database, run.Id) is { } kept && RunStand.Of(kept) == stand)) && Write(database, run, finish: true));

    public IReadOnlyList<ReportRun> GetRuns(RunFilter filter) => file.Read(database => WithDeliveries(database,
        Matching(database.GetCollection(StoreSchema.Runs), filter)
            .Where(document => IsBehind(document, filter.After))
            .Skip(filter.Skip)
            .Select(Shown)
            .Where(run => filter.Outcomes?.Contains(run.Outcome) ?? true)
            .Take(filter.Limit ?? int.MaxValue)
            .ToList()));

    public int CountRuns() => file.Read(database => database.GetCollection(StoreSchema.Runs).Count());

    public IReadOnlyList<string> FindRuns(IReadOnlyCollection<string> runIds) => file.Read(database =>
        runIds.Where(id => database.GetCollection(StoreSchema.Runs).FindById(id) is not null).ToList());

    public IReadOnlyList<string> GiveUpFiles(IReadOnlyCollection<string> runIds) => runIds.Count == 0 ? [] : file.Change(database =>
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        var over = runIds.Select(id => runs.FindById(id)).Where(document => document is not null && IsOver(document)).ToList();
        foreach (var document in over.Where(document => document[nameof(ReportRun.AreFilesRemoved)] != true))
        {
            document[nameof(ReportRun.AreFilesRemoved)] = true;
            runs.Update(document);
        }

        return over.ConvertAll(document => document["_id"].AsString);
    });

    public int RemoveRuns(IReadOnlyCollection<string> runIds) => runIds.Count == 0 ? 0 : file.Change(database =>
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        var deliveries = database.GetCollection(StoreSchema.Deliveries);
        var removed = 0;
        foreach (var id in runIds)
        {
            if (runs.FindById(id) is not { } document || !IsOver(document))
            {
                continue;
            }

            deliveries.DeleteMany(StoreQuery.Is(StoreSchema.RunId, id));
            runs.Delete(id);
            removed++;
        }

        return removed;
    });

    private static IEnumerable<BsonDocument> Matching(ILiteCollection<BsonDocument> runs, RunFilter filter)
    {
        var since = filter.Since ?? DateTimeOffset.MinValue;
        var until = (filter.Until ?? DateTimeOffset.MaxValue).AddTicks(filter.Until is null ? 0 : -1);
        until = filter.After?.At < until ? filter.After.At : until;
        if (filter.RunId is { } id)
        {
            return runs.FindById(id) is { } run
                && (filter.TaskId is null || run["TaskId"].AsString == filter.TaskId)
                && run[StoreSchema.SortAt].AsInt64 >= since.UtcTicks && run[StoreSchema.SortAt].AsInt64 <= until.UtcTicks ? [run] : [];
        }

        (string index, BsonValue from, BsonValue to) = filter.TaskId is { } task
            ? (StoreSchema.TaskKey, new BsonValue(StoreRecords.TaskKey(task, since)), new BsonValue(StoreRecords.TaskKey(task, until)))
            : (StoreSchema.SortAt, new BsonValue(since.UtcTicks), new BsonValue(until.UtcTicks));
        return NewestFirst(runs.Query().Where(StoreQuery.Between(index, from, to)).OrderByDescending(index).ToEnumerable());
    }

    private static IEnumerable<BsonDocument> ById(IEnumerable<BsonDocument> runs) =>
        runs.OrderByDescending(run => run["_id"].AsString, StringComparer.Ordinal);

    // those that began at one instant stand in the order in which they were written, of a backup the other way round
    private static IEnumerable<BsonDocument> NewestFirst(IEnumerable<BsonDocument> documents)
    {
        var instant = new List<BsonDocument>();
        foreach (var document in documents)
        {
            if (instant.Count > 0 && instant[0][StoreSchema.SortAt] != document[StoreSchema.SortAt])
            {
                foreach (var run in ById(instant))
                {
                    yield return run;
                }

                instant.Clear();
            }

            instant.Add(document);
        }

        foreach (var run in ById(instant))
        {
            yield return run;
        }
    }

    // the keys stand in the index: where there are no old runs, no document is read
    private static List<string>? OldRuns(LiteDatabase database, ReportTask task)
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        var keep = task.KeepRuns ?? ReadOption(database).KeepRuns;
        var ofTask = StoreQuery.Between(StoreSchema.TaskKey, StoreRecords.TaskKey(task.Id, DateTimeOffset.MinValue),
            StoreRecords.TaskKey(task.Id, DateTimeOffset.MaxValue));
        if (!runs.Query().Where(ofTask).Select($"$.{StoreSchema.TaskKey}").ToEnumerable().Skip(keep).Any())
        {
            return [];
        }

        var old = runs.Query().Where(ofTask).OrderByDescending(StoreSchema.TaskKey).ToEnumerable().Skip(keep).Take(BegunRun.Most)
            .Where(document => IsOver(document) || !document[nameof(ReportRun.StartedAt)].IsNull).ToList();
        return old.TrueForAll(IsOver) ? old.ConvertAll(document => document["_id"].AsString) : null;
    }

    // one that cannot be read is not going on, whatever it says
    private static bool IsOver(BsonDocument document) =>
        document[StoreSchema.OpenKey].IsNull || !StoreRecords.TryReadRun(document, out _, out _);

    private static bool IsBehind(BsonDocument document, RunKey? after) => after is null
        || document[StoreSchema.SortAt] != after.At.UtcTicks || string.CompareOrdinal(document["_id"].AsString, after.RunId) < 0;

    private static bool Write(LiteDatabase database, ReportRun run, bool finish)
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        if (runs.FindById(run.Id) is not { } before || !StoreRecords.TryReadRun(before, out var kept, out _))
        {
            return false;
        }
        // whoever took the run over has one attempt more; whoever has let it go has it no more
        if (kept.Attempt != run.Attempt || kept.Owner != run.Owner || (finish && kept.IsFinal))
        {
            return false;
        }

        var isCounted = before[Counted] == true;
        if (finish)
        {
            RecordOutcome(database, run, isCounted);
        }

        if (run.Outcome != RunOutcome.Running)
        {
            (run.Owner, run.HeartbeatAt) = (null, null);
        }

        var document = StoreRecords.Write(run);
        document[Counted] = isCounted || finish;
        runs.Update(document);
        WriteDeliveries(database, run);
        return true;
    }

    private static void RecordOutcome(LiteDatabase database, ReportRun run, bool isCounted)
    {
        if (database.GetCollection(StoreSchema.Tasks).FindById(run.TaskId) is not { } document)
        {
            return;
        }

        StoreRecords.TryRead<ReportTask>(document, out var task, out _);
        var states = database.GetCollection(StoreSchema.TaskStates);
        var state = ReadState(states.FindById(run.TaskId), run.TaskId);
        TaskStateRules.Count(state, run, !isCounted, task, ReadOption(database));
        WriteState(states, state);
    }

    private static void WriteDeliveries(LiteDatabase database, ReportRun run)
    {
        var deliveries = database.GetCollection(StoreSchema.Deliveries);
        foreach (var delivery in run.Deliveries)
        {
            deliveries.Upsert(StoreRecords.Write(delivery));
        }
    }

    private static ReportRun Shown(BsonDocument document) => StoreRecords.TryReadRun(document, out var run, out var problem)
        ? run
        : ShownRun.Unreadable(
            document["_id"].AsString ?? "",
            document[nameof(ReportRun.TaskId)].AsString ?? "",
            document[nameof(ReportRun.TaskName)].AsString ?? "",
            document[StoreSchema.SortAt] is { IsInt64: true, AsInt64: >= 0 and var at } && at <= DateTimeOffset.MaxValue.UtcTicks
                ? new DateTimeOffset(at, TimeSpan.Zero)
                : DateTimeOffset.UnixEpoch,
            problem);

    private ReportRun? Kept(LiteDatabase database, string id) =>
        database.GetCollection(StoreSchema.Runs).FindById(id) is { } document ? WithDeliveries(database, Shown(document)) : null;

    private ReportRun WithDeliveries(LiteDatabase database, ReportRun run) => WithDeliveries(database, [run])[0];

    private List<ReportRun> WithDeliveries(LiteDatabase database, List<ReportRun> runs)
    {
        if (runs.Count == 0)
        {
            return runs;
        }

        var deliveries = database.GetCollection(StoreSchema.Deliveries).Find(StoreQuery.In(StoreSchema.RunId, runs.Select(run => run.Id)))
            .Select(document => StoreRecords.TryRead<ReportDelivery>(document, out var delivery, out _) ? delivery : null)
            .OfType<ReportDelivery>()
            .ToLookup(delivery => delivery.RunId, StringComparer.Ordinal);
        var alive = runs.Select(run => run.Owner).OfType<string>().Distinct(StringComparer.Ordinal)
            .ToDictionary(owner => owner, owner => AliveAt(database, owner), StringComparer.Ordinal);
        foreach (var run in runs)
        {
            run.HeartbeatAt = run.Owner is { } owner ? alive[owner] : null;
            ShownRun.Complete(run, deliveries[run.Id], Files.Folder);
        }

        return runs;
    }
}
