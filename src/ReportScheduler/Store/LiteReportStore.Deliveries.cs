using LiteDB;
using ReportScheduler.Delivery;

namespace ReportScheduler.Store;

internal sealed partial class LiteReportStore
{
    public void PutDelivery(ReportDelivery delivery) => file.Change(database =>
        database.GetCollection(StoreSchema.Deliveries).Upsert(StoreRecords.Write(delivery)));

    public IReadOnlyList<ReportDelivery> TakeDueDeliveries(DateTimeOffset now, string owner, int limit) => file.Change(database =>
    {
        var deliveries = database.GetCollection(StoreSchema.Deliveries);
        var due = deliveries.Query()
            .Where(Query.Between(StoreSchema.TryAt, 0L, now.UtcTicks)).OrderBy(StoreSchema.TryAt).Limit(limit).ToList();
        var taken = new List<ReportDelivery>();
        foreach (var document in due)
        {
            if (!StoreRecords.TryRead<ReportDelivery>(document, out var delivery, out _))
            {
                document[StoreSchema.TryAt] = BsonValue.Null;
                deliveries.Update(document);
                continue;
            }
            delivery.State = DeliveryState.Sending;
            delivery.Owner = owner;
            deliveries.Update(StoreRecords.Write(delivery));
            taken.Add(delivery);
        }
        if (taken.Count > 0)
            Beat(database, owner, now);
        return (IReadOnlyList<ReportDelivery>)taken;
    });

    public DateTimeOffset? GetEarliestDelivery() => file.Read(database => Earliest(database, StoreSchema.Deliveries, StoreSchema.TryAt));
}
