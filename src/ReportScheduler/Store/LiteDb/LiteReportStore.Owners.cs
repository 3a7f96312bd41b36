using LiteDB;

namespace ReportScheduler.Store.LiteDb;

// One heartbeat per owner and not per run: a runner with a thousand claimed runs writes one small document.
internal sealed partial class LiteReportStore
{
    private const string HeartbeatAt = "HeartbeatAt";
    private const string OwnerPrefix = "owner:";
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    public void Heartbeat(string owner, DateTimeOffset now) => file.Change(database => Beat(database, owner, now));

    public void ForgetOwner(string owner) => file.Change(database => database.GetCollection(StoreSchema.Meta).Delete(OwnerPrefix + owner));

    public IReadOnlyList<ReportRun> TakeOver(Func<ReportRun, bool> abandoned, string owner, DateTimeOffset now) => file.Change(database =>
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        var unfinished = Unfinished(database, StoreQuery.AtLeast(StoreSchema.OpenKey, "")).OrderBy(run => run.DueAt).ToList();
        var taken = new List<ReportRun>();
        foreach (var run in unfinished.Where(abandoned))
        {
            // one whose id is damaged stays as it is, and the others are taken
            if (runs.FindById(run.Id) is not { } document)
                continue;
            (run.Owner, run.HeartbeatAt) = (owner, now);
            run.Attempt++;
            run.Interruptions += run.StartedAt is null ? 0 : 1;
            document[nameof(ReportRun.Owner)] = owner;
            document[nameof(ReportRun.Attempt)] = run.Attempt;
            document[nameof(ReportRun.Interruptions)] = run.Interruptions;
            runs.Update(document);
            taken.Add(run);
        }
        if (taken.Count > 0)
            Beat(database, owner, now);
        ForgetOwners(database, now - Forgotten, [.. unfinished.Select(run => run.Owner)]);
        return (IReadOnlyList<ReportRun>)taken;
    });

    private static void ForgetOwners(LiteDatabase database, DateTimeOffset before, HashSet<string?> needed)
    {
        var meta = database.GetCollection(StoreSchema.Meta);
        var silent = meta.Find(StoreQuery.Between("_id", OwnerPrefix, OwnerPrefix + char.MaxValue)).Where(beat => beat[HeartbeatAt].AsInt64 < before.UtcTicks).ToList();
        foreach (var id in silent.Select(beat => beat["_id"]).Where(id => !needed.Contains(id.AsString[OwnerPrefix.Length..])))
            meta.Delete(id);
    }

    private static bool Beat(LiteDatabase database, string owner, DateTimeOffset now) =>
        database.GetCollection(StoreSchema.Meta).Upsert(new BsonDocument { ["_id"] = OwnerPrefix + owner, [HeartbeatAt] = now.UtcTicks });

    private static DateTimeOffset? AliveAt(LiteDatabase database, string owner) =>
        database.GetCollection(StoreSchema.Meta).FindById(OwnerPrefix + owner) is { } beat
            ? StoreMapper.Instant(beat[HeartbeatAt])
            : null;
}
