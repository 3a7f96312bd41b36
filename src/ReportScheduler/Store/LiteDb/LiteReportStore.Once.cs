using LiteDB;

namespace ReportScheduler.Store.LiteDb;

// Requests and signatures that must not be carried out twice, by whichever runner of the store they reach. They are forgotten
// when their time is over.
internal sealed partial class LiteReportStore
{
    private const string Until = "Until";

    public bool UseOnce(string key, DateTimeOffset until, DateTimeOffset now) => file.Change(database =>
    {
        var once = Current(database, now);
        if (once.Exists(StoreQuery.Is("_id", key)))
            return false;
        once.Insert(new BsonDocument { ["_id"] = key, [Until] = until.UtcTicks });
        return true;
    });

    public ReportRun? AddRunOnce(ReportRun run, RequestMark mark) => file.Change(database =>
    {
        var once = Current(database, run.DueAt);
        if (once.FindById(mark.Key) is not { } earlier)
        {
            once.Insert(new BsonDocument
            {
                ["_id"] = mark.Key,
                [Until] = mark.Until.UtcTicks,
                [nameof(RequestMark.Content)] = mark.Content,
                [StoreSchema.RunId] = run.Id,
            });
            Insert(database, run, run.DueAt);
            Beat(database, run.Owner!, run.DueAt);
            return null;
        }
        if (earlier[nameof(RequestMark.Content)].AsString != mark.Content)
            throw LiteDbErrors.RequestDiffers();
        return database.GetCollection(StoreSchema.Runs).FindById(earlier[StoreSchema.RunId]) is { } document
            && StoreRecords.TryRead<ReportRun>(document, out var kept, out _)
                ? WithDeliveries(database, kept)
                : throw LiteDbErrors.RequestForgotten();
    });

    private static ILiteCollection<BsonDocument> Current(LiteDatabase database, DateTimeOffset now)
    {
        var once = database.GetCollection(StoreSchema.Once);
        once.EnsureIndex(Until);
        once.DeleteMany(StoreQuery.Between(Until, 0L, now.UtcTicks));
        return once;
    }
}
