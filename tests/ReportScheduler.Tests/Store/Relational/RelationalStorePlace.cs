using System.Text.Json.Nodes;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Tests.Store.Relational;

/// <summary>A store in a database of its own on a real server, whose clock says what the test wants.</summary>
public abstract class RelationalStorePlace : StorePlace
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-").FullName;
    private readonly StoreDatabase database;

    private protected RelationalStorePlace(StoreDatabase database)
    {
        this.database = database;
        database.Make();
        database.SetClock(Noon.UtcTicks);
    }

    public override void SetClock(DateTimeOffset now) => database.SetClock(now.UtcTicks);

    public override void Edit(string kind, string key, string member, object? value)
    {
        var (table, where) = kind == nameof(ReportTask) ? ("task", $"id = '{key}'") : ("named", $"kind = '{kind}' and name_key = '{key}'");
        var record = JsonNode.Parse(database.Scalar($"select record from {table} where {where}"))!.AsObject();
        record.Remove(member);
        if (value is not null)
        {
            record[member] = value is int number ? JsonValue.Create(number) : JsonValue.Create((string)value);
        }

        database.Execute($"update {table} set record = @value where {where}", record.ToJsonString());
    }

    public override void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal override IReportStore Open() => new RelationalStore(DatabaseAddress.Parse(database.Address), folder, StoreScope.User);
}
