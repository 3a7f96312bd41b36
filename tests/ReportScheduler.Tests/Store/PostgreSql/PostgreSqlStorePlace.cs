using System.Globalization;
using System.Text.Json.Nodes;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Tests.Store.PostgreSql;

/// <summary>A database of its own on the real server, whose clock says what the test wants.</summary>
public sealed class PostgreSqlStorePlace : StorePlace
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-").FullName;
    private readonly StoreDatabase database = new();

    public PostgreSqlStorePlace()
    {
        database.Make();
        SetClock(Noon);
    }

    public override void SetClock(DateTimeOffset now) => database.Execute(
        "create or replace function store_now() returns bigint language sql volatile as 'select "
            + $"{now.UtcTicks.ToString(CultureInfo.InvariantCulture)}::bigint'");

    public override void Edit(string kind, string key, string member, object? value)
    {
        var (table, where) = kind == nameof(ReportTask) ? ("task", $"id = '{key}'") : ("named", $"kind = '{kind}' and name_key = '{key}'");
        var record = JsonNode.Parse(database.Scalar($"select record from {table} where {where}"))!.AsObject();
        record.Remove(member);
        if (value is not null)
        {
            record[member] = value is int number ? JsonValue.Create(number) : JsonValue.Create((string)value);
        }

        database.Execute(
            $"update {table} set record = '{record.ToJsonString().Replace("'", "''", StringComparison.Ordinal)}' where {where}");
    }

    public override void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    internal override IReportStore Open() => new RelationalStore(DatabaseAddress.Parse(database.Address), folder, StoreScope.User);
}
