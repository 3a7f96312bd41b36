using LiteDB;
using ReportScheduler.Delivery;
using ReportScheduler.Runs;

namespace ReportScheduler.Store;

// One heartbeat per owner and not per run: a runner with a thousand claimed runs writes one small document.
internal sealed partial class LiteReportStore
{
    private const string HeartbeatAt = "HeartbeatAt";
    private const string OwnerPrefix = "owner:";

    public void Heartbeat(string owner, DateTimeOffset now) => file.Change(database => Beat(database, owner, now));

    public IReadOnlyList<ReportRun> TakeOverStale(DateTimeOffset before, string owner, DateTimeOffset now) => file.Change(database =>
    {
        bool IsDead(string? other) => other is not null && other != owner && !(AliveAt(database, other) >= before);

        var runs = database.GetCollection(StoreSchema.Runs);
        var taken = Unfinished(database).Where(run => IsDead(run.Owner) ? !IsOnlyWaiting(run)
            : run.Deliveries.Any(delivery => delivery.State == DeliveryState.Sending && IsDead(delivery.Owner))).ToList();
        foreach (var run in taken)
        {
            run.Owner = owner;
            run.HeartbeatAt = now;
            run.Attempt++;
            runs.Update(StoreRecords.Write(run));
        }
        if (taken.Count > 0)
            Beat(database, owner, now);
        var dead = database.GetCollection(StoreSchema.Meta)
            .Find(Query.StartsWith("_id", OwnerPrefix)).Where(beat => beat[HeartbeatAt].AsInt64 < before.UtcTicks).ToList();
        foreach (var beat in dead)
            database.GetCollection(StoreSchema.Meta).Delete(beat["_id"]);
        return (IReadOnlyList<ReportRun>)taken;
    });

    // the ledger serves it; nobody has to do anything for the run itself
    private static bool IsOnlyWaiting(ReportRun run) =>
        run.Outcome == RunOutcome.Delivering
        && run.Deliveries.Any(delivery => delivery.State == DeliveryState.Pending)
        && run.Deliveries.All(delivery => delivery.State != DeliveryState.Sending);

    private static bool Beat(LiteDatabase database, string owner, DateTimeOffset now) =>
        database.GetCollection(StoreSchema.Meta).Upsert(new BsonDocument { ["_id"] = OwnerPrefix + owner, [HeartbeatAt] = now.UtcTicks });

    private static DateTimeOffset? AliveAt(LiteDatabase database, string owner) =>
        database.GetCollection(StoreSchema.Meta).FindById(OwnerPrefix + owner) is { } beat
            ? new DateTimeOffset(beat[HeartbeatAt].AsInt64, TimeSpan.Zero)
            : null;
}
