using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using ReportScheduler.Tests.Store.Relational;

namespace ReportScheduler.Tests.Store.SqlServer;

/// <summary>A database on the server that REPORTSCHEDULER_TEST_SQLSERVER holds the connection string of.</summary>
internal sealed class SqlServerStoreDatabase : StoreDatabase
{
    private const string Variable = "REPORTSCHEDULER_TEST_STORE_PASSWORD_MS";

    private readonly SqlConnectionStringBuilder server;

    public SqlServerStoreDatabase()
    {
        var given = Environment.GetEnvironmentVariable("REPORTSCHEDULER_TEST_SQLSERVER");
        Assert.SkipWhen(string.IsNullOrEmpty(given), "REPORTSCHEDULER_TEST_SQLSERVER has no connection string of a SQL Server");
        server = new SqlConnectionStringBuilder(given) { Pooling = false };
        Environment.SetEnvironmentVariable(Variable, server.Password);
        OnServer($"create database {Name}");
        OnServer($"alter database {Name} set read_committed_snapshot on");
    }

    public override string Address
    {
        get
        {
            var (host, port) = server.DataSource.Replace("tcp:", "", StringComparison.Ordinal).Split(',') is [var name, var number]
                ? (name, number) : (server.DataSource, "1433");
            return string.Create(CultureInfo.InvariantCulture, $"mssql://{server.UserID}@{host}:{port}/{Name}?password=env:{Variable}"
                + $"&encrypt={server.Encrypt}&trustservercertificate={server.TrustServerCertificate}");
        }
    }

    public override void SetClock(long ticks) => Execute($"create or alter view clock as select cast({ticks} as bigint) as now_at");

    public override void Dispose()
    {
        SqlConnection.ClearAllPools();
        OnServer($"alter database {Name} set single_user with rollback immediate");
        OnServer($"drop database {Name}");
    }

    protected override DbConnection Connect() =>
        new SqlConnection(new SqlConnectionStringBuilder(server.ConnectionString) { InitialCatalog = Name }.ConnectionString);

    private void OnServer(string sql)
    {
        using var connection = new SqlConnection(server.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
