using System.Diagnostics;
using Npgsql;
using ReportScheduler.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace ReportScheduler.Tests.Support;

/// <summary>A real PostgreSQL server for the whole test run, started by the first test that needs it, on a free loopback port.</summary>
/// <remarks>
/// Take it as a constructor parameter of the test class. <see cref="ConnectionString"/> starts it, or skips the test where the
/// server is not installed. User <c>postgres</c> with <see cref="Password"/>, database <c>postgres</c>; make a schema or
/// database of your own. It speaks TLS with a certificate that nobody trusts.
/// </remarks>
public sealed class PostgreSqlServer : IDisposable
{
    public const string Password = "pg s3cret;=\"'";
    private const string Account = "postgres";
    private readonly Lazy<string> connectionString;
    private Process? server;
    private string? folder;

    public PostgreSqlServer() => connectionString = new Lazy<string>(Start);

    public int Port { get; private set; }

    public string ConnectionString => connectionString.Value;

    /// <summary>The same for another database.</summary>
    public string For(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
            Directory.Delete(folder!, recursive: true);
        }
    }

    private string Start()
    {
        var initdb = ServerProcess.Find("initdb", "/usr/lib/postgresql/*/bin", "/usr/bin", "/usr/local/bin");
        if (initdb is null)
        {
            ServerProcess.Missing("PostgreSQL", "postgresql");
        }

        folder = ServerProcess.NewFolder(Account);
        var data = Path.Combine(folder, "data");
        var passwordFile = Path.Combine(folder, "password");
        File.WriteAllText(passwordFile, Password + "\n");
        ServerProcess.Run(Account, initdb!, "-D", data, "-U", "postgres", "-A", "scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        var (certificate, key) = ServerProcess.SelfSigned(folder, Account);
        Port = ServerProcess.FreePort();
        server = ServerProcess.Start(
            Account, Path.Combine(Path.GetDirectoryName(initdb)!, "postgres"), "-D", data, "-p", $"{Port}", "-k", folder, "-c", "listen_addresses=127.0.0.1",
            "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "ssl=on", "-c", $"ssl_cert_file={certificate}", "-c", $"ssl_key_file={key}");
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var text = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Username = "postgres", Password = Password, Database = "postgres", Pooling = false }.ConnectionString;
        ServerStart.Wait(() =>
        {
            using var connection = new NpgsqlConnection(text);
            connection.Open();
        });
        return text;
    }
}
