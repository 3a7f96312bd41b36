using Npgsql;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.PostgreSql;

/// <summary>A database of its own on the real server, for a store.</summary>
internal sealed class StoreDatabase : IDisposable
{
    public const string PasswordVariable = "REPORTSCHEDULER_TEST_STORE_PASSWORD";

    private readonly string name = $"store_{Guid.NewGuid():N}";
    private readonly PostgreSqlServer server;

    public StoreDatabase()
    {
        // the fixture of the whole test run
        server = PostgreSqlServer.Shared;
        Environment.SetEnvironmentVariable(PasswordVariable, PostgreSqlServer.Password);
        _ = server.ConnectionString;
        server.Execute($"create database {name}");
        // the test server is in a hurry; a store is not
        server.Execute($"alter database {name} set synchronous_commit = on");
    }

    public string Address => $"postgresql://postgres@127.0.0.1:{server.Port}/{name}?password=env:{PasswordVariable}";

    /// <summary>Makes the tables.</summary>
    public void Make() => new RelationalDatabase(DatabaseAddress.Parse(Address)).Unchecked(RelationalSchema.Bring);

    public void Execute(string sql) => Ask(command => command.ExecuteNonQuery(), sql);

    public string Scalar(string sql) => Ask(command => command.ExecuteScalar()!.ToString()!, sql);

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        server.Execute($"drop database {name} with (force)");
    }

    private T Ask<T>(Func<NpgsqlCommand, T> ask, string sql)
    {
        using var connection = new NpgsqlConnection(server.For(name));
        connection.Open();
        using var command = new NpgsqlCommand($"set search_path to {RelationalSchema.Name}; {sql}", connection);
        return ask(command);
    }
}
