using LiteDB;

namespace ReportScheduler.Store.LiteDb;

// One heartbeat per owner and not per run: a runner with a thousand runs writes one small document.
internal sealed partial class LiteReportStore
{
    private const string HeartbeatAt = "HeartbeatAt";
    private const string OwnerPrefix = "owner:";
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    public bool Heartbeat(string owner) => file.Change(database =>
    {
        var held = AliveAt(database, owner) >= Clock.GetUtcNow() - RunnerLease.Length;
        Beat(database, owner);
        return held;
    });

    public void ForgetOwner(string owner) => file.Change(database => database.GetCollection(StoreSchema.Meta).Delete(OwnerPrefix + owner));

    public IReadOnlyList<string> GetOwners() => file.Read(database =>
        (IReadOnlyList<string>)[.. Owned(database).Select(run => run[StoreSchema.Owner].AsString).Distinct(StringComparer.Ordinal)]);

    public IReadOnlyList<ReportRun> TakeOver(string owner, AbandonedRuns which) => file.Change(database =>
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        var unfinished = Owned(database).ToList();
        var alive = Clock.GetUtcNow() - RunnerLease.Length;
        var silent = unfinished.Select(run => run[StoreSchema.Owner].AsString).ToHashSet(StringComparer.Ordinal);
        var owners = silent.ToList();
        // of a clock that was ahead and was set right: who is alive says so again before this is over
        owners.FindAll(other => AliveAt(database, other) > Clock.GetUtcNow().AddSeconds(1)).ForEach(other => Beat(database, other));
        silent.RemoveWhere(other => !which.GoneOwners.Contains(other) && AliveAt(database, other) >= alive);
        var taken = new List<ReportRun>();
        foreach (var document in unfinished)
        {
            var theirs = document[StoreSchema.Owner].AsString;
            var isAbandoned = theirs == owner ? !which.Held.Contains(document["_id"].AsString) : silent.Contains(theirs);
            // one that cannot be read stays as it is, and the others are taken
            if (!isAbandoned || !StoreRecords.TryReadRun(document, out var run, out _))
            {
                continue;
            }

            WithDeliveries(database, run);
            run.Attempt++;
            run.Interruptions += run.StartedAt is null ? 0 : 1;
            run.Owner = run.Deliveries.Length > 0 ? owner : null;
            document[nameof(ReportRun.Attempt)] = run.Attempt;
            document[nameof(ReportRun.Interruptions)] = run.Interruptions;
            document[StoreSchema.Owner] = run.Owner;
            document[StoreSchema.WaitAt] = run.Owner is null ? run.DueAt.UtcTicks : BsonValue.Null;
            runs.Update(document);
            if (run.Owner is not null)
            {
                taken.Add(run);
            }
        }

        if (taken.Count > 0)
        {
            Beat(database, owner);
            taken.ForEach(run => run.HeartbeatAt = Clock.GetUtcNow());
        }

        ForgetOwners(database, owners);
        return (IReadOnlyList<ReportRun>)[.. taken.OrderBy(run => run.DueAt)];
    });

    // also of one that is final and only tells its owner
    private static IEnumerable<BsonDocument> Owned(LiteDatabase database) =>
        database.GetCollection(StoreSchema.Runs).Query().Where(StoreQuery.AtLeast(StoreSchema.Owner, "")).ToEnumerable()
            .Where(run => !run[StoreSchema.OpenKey].IsNull);

    private void ForgetOwners(LiteDatabase database, List<string> needed)
    {
        var before = (Clock.GetUtcNow() - Forgotten).UtcTicks;
        var meta = database.GetCollection(StoreSchema.Meta);
        var silent = meta.Find(StoreQuery.Between("_id", OwnerPrefix, OwnerPrefix + char.MaxValue))
            .Where(beat => beat[HeartbeatAt].AsInt64 < before).ToList();
        foreach (var id in silent.Select(beat => beat["_id"]).Where(id => !needed.Contains(id.AsString[OwnerPrefix.Length..])))
        {
            meta.Delete(id);
        }
    }

    private void Beat(LiteDatabase database, string owner) =>
        database.GetCollection(StoreSchema.Meta)
            .Upsert(new BsonDocument { ["_id"] = OwnerPrefix + owner, [HeartbeatAt] = Clock.GetUtcNow().UtcTicks });

    private static DateTimeOffset? AliveAt(LiteDatabase database, string owner) =>
        database.GetCollection(StoreSchema.Meta).FindById(OwnerPrefix + owner) is { } beat
            ? StoreMapper.Instant(beat[HeartbeatAt])
            : null;
}
