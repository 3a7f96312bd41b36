using System.Data.Common;
using MySqlConnector;
using ReportScheduler.Tests.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.MariaDb;

internal sealed class MariaDbStoreDatabase : StoreDatabase
{
    // no administrator: what the server has for everybody is for the store too
    private const string User = "clerk";

    private readonly MariaDbServer server;

    /// <param name="odd">The server; null for the usual one.</param>
    public MariaDbStoreDatabase(MariaDbServer? odd = null)
    {
        server = odd ?? MariaDbServer.Shared;
        _ = server.ConnectionString;
        // the store says itself how its text compares
        server.Execute($"create database {Name} character set latin1");
        server.Execute($"create user if not exists {User} identified by '{MariaDbServer.Password}'");
        server.Execute($"grant all on {Name}.* to {User}");
    }

    public override string Address => $"mysql://{User}@127.0.0.1:{server.Port}/{Name}?password=env:{MariaDbServer.PasswordVariable}";

    public override void Dispose()
    {
        MySqlConnection.ClearAllPools();
        server.Execute($"drop database {Name}");
    }

    protected override DbConnection Connect() => new MySqlConnection(server.For(Name));
}
