using System.Data.Common;
using MySqlConnector;
using ReportScheduler.Tests.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.MariaDb;

internal sealed class MariaDbStoreDatabase : StoreDatabase
{
    private const string Variable = PasswordVariable + "_MY";

    private readonly MariaDbServer server;

    public MariaDbStoreDatabase()
    {
        server = MariaDbServer.Shared;
        Environment.SetEnvironmentVariable(Variable, MariaDbServer.Password);
        _ = server.ConnectionString;
        // the store says itself how its text compares
        server.Execute($"create database {Name} character set latin1");
    }

    public override string Address => $"mysql://report@127.0.0.1:{server.Port}/{Name}?password=env:{Variable}";

    public override void Dispose()
    {
        MySqlConnection.ClearAllPools();
        server.Execute($"drop database {Name}");
    }

    protected override DbConnection Connect() => new MySqlConnection(server.For(Name));
}
