using LiteDB;

namespace ReportScheduler.Store.LiteDb;

// Requests and signatures that must not be carried out twice, by whichever runner of the store they reach. They are forgotten
// when their time is over.
internal sealed partial class LiteReportStore
{
    private const string Until = "Until";

    public bool UseOnce(string key, DateTimeOffset until) => file.Change(database =>
    {
        var once = Current(database);
        if (once.Exists(StoreQuery.Is("_id", key)))
        {
            return false;
        }

        once.Insert(new BsonDocument { ["_id"] = key, [Until] = until.UtcTicks });
        return true;
    });

    public ReportRun? AddRunOnce(ReportRun run, RequestMark mark) => file.Change(database =>
    {
        var once = Current(database);
        if (once.FindById(mark.Key) is not { } earlier)
        {
            once.Insert(new BsonDocument
            {
                ["_id"] = mark.Key,
                [Until] = mark.Until.UtcTicks,
                [nameof(RequestMark.Content)] = mark.Content,
                [StoreSchema.RunId] = run.Id,
            });
            Insert(database, run);
            return null;
        }

        if (earlier[nameof(RequestMark.Content)].AsString != mark.Content)
        {
            throw StoreErrors.RequestDiffers();
        }

        return database.GetCollection(StoreSchema.Runs).FindById(earlier[StoreSchema.RunId]) is { } document
            && StoreRecords.TryRead<ReportRun>(document, out var kept, out _)
                ? WithDeliveries(database, kept)
                : throw StoreErrors.RequestForgotten();
    });

    private ILiteCollection<BsonDocument> Current(LiteDatabase database)
    {
        var once = database.GetCollection(StoreSchema.Once);
        once.EnsureIndex(Until);
        once.DeleteMany(StoreQuery.Between(Until, 0L, Clock.GetUtcNow().UtcTicks));
        return once;
    }
}
