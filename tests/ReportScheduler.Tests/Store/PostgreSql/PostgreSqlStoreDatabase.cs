using System.Data.Common;
using Npgsql;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.PostgreSql;

internal sealed class PostgreSqlStoreDatabase : StoreDatabase
{
    private readonly PostgreSqlServer server;

    /// <param name="settings">What sessions of the database have beside the usual.</param>
    public PostgreSqlStoreDatabase(params string[] settings)
    {
        // the fixture of the whole test run
        server = PostgreSqlServer.Shared;
        _ = server.ConnectionString;
        server.Execute($"create database {Name}");
        // the test server is in a hurry; a store is not
        foreach (var setting in (string[])["synchronous_commit = on", .. settings])
        {
            server.Execute($"alter database {Name} set {setting}");
        }
    }

    public override string Address =>
        $"postgresql://postgres@127.0.0.1:{server.Port}/{Name}?password=env:{PostgreSqlServer.PasswordVariable}";

    public override void SetClock(long ticks) => Execute($"create or replace view clock as select {ticks}::bigint as now_at");

    public override void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        server.Execute($"drop database {Name} with (force)");
    }

    protected override DbConnection Connect() => new NpgsqlConnection(
        new NpgsqlConnectionStringBuilder(server.For(Name)) { SearchPath = PostgreSqlDialect.Schema }.ConnectionString);
}
