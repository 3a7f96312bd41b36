using System.Data.Common;
using Npgsql;
using ReportScheduler.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace ReportScheduler.Tests.Support;

/// <summary>PostgreSQL. User <c>postgres</c> with <see cref="Password"/>, database
/// <c>postgres</c>; make a schema or database of your own.</summary>
public sealed class PostgreSqlServer : DatabaseServer
{
    public const string Password = "pg s3cret;=\"'";

    /// <summary>The variable that has it: from the start of the tests, as a script that ends takes away what is set meanwhile.</summary>
    public const string PasswordVariable = "REPORTSCHEDULER_TEST_STORE_PASSWORD_PG";

    private const string Account = "postgres";
    private string? initdb;

    public PostgreSqlServer()
        : base(Account)
    {
        Shared = this;
        Environment.SetEnvironmentVariable(PasswordVariable, Password);
    }

    /// <summary>The server of the test run, for what is made without the test class.</summary>
    public static PostgreSqlServer Shared { get; private set; } = null!;

    /// <summary>The same for another database.</summary>
    public string For(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    protected override void Require()
    {
        initdb = ServerProcess.Find("initdb", "/usr/lib/postgresql/*/bin", "/usr/bin", "/usr/local/bin");
        if (initdb is null)
        {
            ServerProcess.Missing("PostgreSQL", "postgresql");
        }
    }

    protected override string[] Prepare(string serverFolder, string certificate, string key)
    {
        var data = Path.Combine(serverFolder, "data");
        var passwordFile = Path.Combine(serverFolder, "password");
        File.WriteAllText(passwordFile, Password + "\n");
        ServerProcess.Run(Account, initdb!, "-D", data, "-U", "postgres", "-A", "scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync");
        return
        [
            Path.Combine(Path.GetDirectoryName(initdb)!, "postgres"), "-D", data, "-p", $"{Port}", "-k", serverFolder, "-c",
            "listen_addresses=127.0.0.1", "-c", "max_connections=300",
            "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "ssl=on", "-c",
            $"ssl_cert_file={certificate}", "-c", $"ssl_key_file={key}",
        ];
    }

    protected override string Text() =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Username = "postgres", Password = Password,
            Database = "postgres", Pooling = false }.ConnectionString;

    protected override DbConnection Connection(string text) => new NpgsqlConnection(text);
}
