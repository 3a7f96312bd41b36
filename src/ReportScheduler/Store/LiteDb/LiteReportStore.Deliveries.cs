using LiteDB;

namespace ReportScheduler.Store.LiteDb;

internal sealed partial class LiteReportStore
{
    private const string RunOwnerField = nameof(ReportRun.Owner);

    public bool PutDelivery(ReportDelivery delivery, int attempt) => file.Change(database =>
    {
        if (database.GetCollection(StoreSchema.Runs).FindById(delivery.RunId) is not { } run
            || !StoreRecords.TryReadRun(run, out var kept, out _) || kept.Attempt != attempt || kept.Owner != delivery.Owner)
        {
            return false;
        }

        database.GetCollection(StoreSchema.Deliveries).Upsert(StoreRecords.Write(delivery));
        return true;
    });

    public TakenDeliveries TakeDueDeliveries(
        string owner, int limit, string? runId = null, IReadOnlyCollection<string>? except = null) => file.Change(database =>
    {
        var deliveries = database.GetCollection(StoreSchema.Deliveries);
        var runs = database.GetCollection(StoreSchema.Runs);
        var now = Clock.GetUtcNow().UtcTicks;
        var due = deliveries.Query().Where(StoreQuery.Between(StoreSchema.TryAt, 0L, now)).ToList();
        var (taken, othersWait) = (new List<ReportDelivery>(), false);
        var takenRuns = new Dictionary<string, BsonDocument>(StringComparer.Ordinal);
        foreach (var document in due)
        {
            if (othersWait && taken.Count == limit)
            {
                break;
            }

            if (runId is not null && document[StoreSchema.RunId] != runId)
            {
                continue;
            }

            if (!StoreRecords.TryRead<ReportDelivery>(document, out var delivery, out _) || runs.FindById(delivery.RunId) is not { } run)
            {
                document[StoreSchema.TryAt] = BsonValue.Null;
                deliveries.Update(document);
                continue;
            }
            // the process that makes the report still tries by itself
            if (run[RunOwnerField].IsString && !takenRuns.ContainsKey(delivery.RunId))
            {
                othersWait |= run[RunOwnerField].AsString == owner;
                continue;
            }

            if (taken.Count == limit || except?.Contains(delivery.Target) == true
                || (taken.Count > 0 && taken[0].Target != delivery.Target))
            {
                othersWait = true;
                continue;
            }

            takenRuns[delivery.RunId] = run;
            runs.Update(GivenTo(owner, run));
            deliveries.Update(GivenTo(owner, delivery));
            taken.Add(delivery);
        }

        if (taken.Count > 0)
        {
            Beat(database, owner);
        }

        var mine = takenRuns.Values.Select(run => WithDeliveries(database, Shown(run))).ToList();
        return new TakenDeliveries
        {
            Deliveries = taken,
            Runs = mine,
            Tasks = TasksOf(database, mine.Select(run => run.TaskId)),
            OthersWait = othersWait,
            NextAt = Earliest(database, StoreSchema.Deliveries, StoreSchema.TryAt, now + 1),
        };
    });

    // also one that is final and only tells its owner: it is found when this process dies
    private static BsonDocument GivenTo(string owner, BsonDocument run)
    {
        run[RunOwnerField] = owner;
        run[StoreSchema.OpenKey] = run[nameof(ReportRun.TaskId)];
        return run;
    }

    // it is Sending when its turn comes: a process that dies before has left no doubt about it
    private static BsonDocument GivenTo(string owner, ReportDelivery delivery)
    {
        (delivery.Owner, delivery.NextAttemptAt) = (owner, null);
        return StoreRecords.Write(delivery);
    }

    public DateTimeOffset? GetLatestDelivery() => file.Read(database =>
        database.GetCollection(StoreSchema.Deliveries).Query().Where(StoreQuery.AtLeast(StoreSchema.TryAt, 0L))
            .OrderByDescending(StoreSchema.TryAt).Limit(1).ToList() is [var last]
            ? StoreMapper.Instant(last[StoreSchema.TryAt])
            : null as DateTimeOffset?);

    public void TryAtLatest(DateTimeOffset latest) => file.Change(database =>
    {
        var deliveries = database.GetCollection(StoreSchema.Deliveries);
        foreach (var document in deliveries.Find(StoreQuery.AtLeast(StoreSchema.TryAt, latest.UtcTicks + 1)).ToList())
        {
            if (StoreRecords.TryRead<ReportDelivery>(document, out var delivery, out _))
            {
                delivery.NextAttemptAt = latest;
                deliveries.Update(StoreRecords.Write(delivery));
            }
        }

        return true;
    });

    public DateTimeOffset? GetEarliestDelivery(DateTimeOffset? after = null) => file.Read(database =>
        Earliest(database, StoreSchema.Deliveries, StoreSchema.TryAt, after is { } instant ? instant.UtcTicks + 1 : 0));
}
