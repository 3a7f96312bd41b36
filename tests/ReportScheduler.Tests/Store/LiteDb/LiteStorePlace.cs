using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Tests.Store.LiteDb;

public sealed class LiteStorePlace : StorePlace
{
    private readonly FakeTimeProvider clock = new(Noon);
    private readonly string folder = Directory.CreateTempSubdirectory("store-").FullName;

    private string Path => System.IO.Path.Combine(folder, "reports.db");

    public override void SetClock(DateTimeOffset now) => clock.AdjustTime(now);

    public override void Edit(string kind, string key, string member, object? value) =>
        StoreEditor.Edit(Path, kind == nameof(ReportTask) ? "tasks" : "connections", key, document =>
        {
            if (value is null)
            {
                document.Remove(member);
            }
            else
            {
                document[member] = new LiteDB.BsonValue(value);
            }
        });

    public override void Dispose() => Directory.Delete(folder, recursive: true);

    internal override IReportStore Open() => StoreFile.Open(Path, StoreScope.User, clock: clock);
}
