using System.Diagnostics;
using MySqlConnector;
using ReportScheduler.Tests.Support;

[assembly: AssemblyFixture(typeof(MariaDbServer))]

namespace ReportScheduler.Tests.Support;

/// <summary>A real MariaDB server for the whole test run, started by the first test that needs it, on a free loopback port.</summary>
/// <remarks>
/// Take it as a constructor parameter of the test class. <see cref="ConnectionString"/> starts it, or skips the test where the
/// server is not installed. User <c>report</c> with <see cref="Password"/> may do everything; database <c>test</c>.
/// It speaks TLS with a certificate that nobody trusts.
/// </remarks>
public sealed class MariaDbServer : IDisposable
{
    public const string Password = "my s3cret;=\"";
    private const string Account = "mysql";
    private readonly Lazy<string> connectionString;
    private Process? server;
    private string? folder;

    public MariaDbServer() => connectionString = new Lazy<string>(Start);

    public int Port { get; private set; }

    public string ConnectionString => connectionString.Value;

    /// <summary>The same for another database.</summary>
    public string For(string database) => new MySqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    public void Execute(string sql)
    {
        using var connection = new MySqlConnection(ConnectionString);
        connection.Open();
        using var command = new MySqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var connection = new MySqlConnection(ConnectionString);
        connection.Open();
        using var command = new MySqlCommand(sql, connection);
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
        var program = ServerProcess.Find("mariadbd", "/usr/sbin", "/usr/local/sbin", "/usr/bin");
        var install = ServerProcess.Find("mariadb-install-db", "/usr/bin", "/usr/local/bin");
        if (program is null || install is null)
        {
            ServerProcess.Missing("MariaDB", "mariadb-server");
        }

        folder = ServerProcess.NewFolder(Account);
        var data = Path.Combine(folder, "data");
        ServerProcess.Run(Account, install!, "--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=8M");
        var setUp = Path.Combine(folder, "setup.sql");
        File.WriteAllText(setUp, $"CREATE DATABASE IF NOT EXISTS test CHARACTER SET utf8mb4;\nCREATE OR REPLACE USER report@'%' IDENTIFIED BY '{Password}';\nGRANT ALL ON *.* TO report@'%' WITH GRANT OPTION;\n");
        var (certificate, key) = ServerProcess.SelfSigned(folder, Account);
        Port = ServerProcess.FreePort();
        server = ServerProcess.Start(
            Account, program!, "--no-defaults", $"--datadir={data}", $"--port={Port}", "--bind-address=127.0.0.1", $"--socket={folder}/socket", $"--pid-file={folder}/pid",
            $"--init-file={setUp}", $"--ssl-cert={certificate}", $"--ssl-key={key}", "--innodb-flush-log-at-trx-commit=0", "--innodb-log-file-size=8M", "--sql-mode=", "--skip-name-resolve");
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var text = new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)Port,
            UserID = "report",
            Password = Password,
            Database = "test",
            Pooling = false,
            SslMode = MySqlSslMode.Preferred,
        }.ConnectionString;
        ServerStart.Wait(() =>
        {
            using var connection = new MySqlConnection(text);
            connection.Open();
        });
        return text;
    }
}
