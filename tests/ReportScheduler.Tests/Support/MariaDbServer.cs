using System.Data.Common;
using MySqlConnector;
using ReportScheduler.Tests.Support;

[assembly: AssemblyFixture(typeof(MariaDbServer))]

namespace ReportScheduler.Tests.Support;

/// <summary>MariaDB. User <c>report</c> with <see cref="Password"/> may do everything; database <c>test</c>.</summary>
public class MariaDbServer : DatabaseServer
{
    public const string Password = "my s3cret;=\"";

    /// <summary>The variable that has it: from the start of the tests, as a script that ends takes away what is set meanwhile.</summary>
    public const string PasswordVariable = "REPORTSCHEDULER_TEST_STORE_PASSWORD_MY";

    private const string Account = "mysql";
    private string? program;
    private string? install;

    public MariaDbServer()
        : base(Account)
    {
        if (GetType() == typeof(MariaDbServer))
        {
            Shared = this;
            Environment.SetEnvironmentVariable(PasswordVariable, Password);
        }
    }

    /// <summary>The server of the test run, for what is made without the test class.</summary>
    public static MariaDbServer Shared { get; private set; } = null!;

    /// <summary>The same for another database.</summary>
    public string For(string database) => new MySqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    /// <summary>What it is started with beside what tests need.</summary>
    protected virtual string[] Settings => ["--sql-mode="];

    protected override void Require()
    {
        program = ServerProcess.Find("mariadbd", "/usr/sbin", "/usr/local/sbin", "/usr/bin");
        install = ServerProcess.Find("mariadb-install-db", "/usr/bin", "/usr/local/bin");
        if (program is null || install is null)
        {
            ServerProcess.Missing("MariaDB", "mariadb-server");
        }
    }

    protected override string[] Prepare(string serverFolder, string certificate, string key)
    {
        var data = Path.Combine(serverFolder, "data");
        ServerProcess.Run(Account, install!, "--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal",
            "--skip-test-db", "--innodb-log-file-size=8M");
        var setUp = Path.Combine(serverFolder, "setup.sql");
        File.WriteAllText(setUp, "CREATE DATABASE IF NOT EXISTS test CHARACTER SET utf8mb4;\nCREATE OR REPLACE USER report@'%' "
            + $"IDENTIFIED BY '{Password}';\nGRANT ALL ON *.* TO report@'%' WITH GRANT OPTION;\n");
        return
        [
            program!, "--no-defaults", $"--datadir={data}", $"--port={Port}", "--bind-address=127.0.0.1", $"--socket={serverFolder}/socket",
            $"--pid-file={serverFolder}/pid",
            $"--init-file={setUp}", $"--ssl-cert={certificate}", $"--ssl-key={key}", "--innodb-flush-log-at-trx-commit=0",
            // each store has a pool, whose connections stay for minutes: on a fast machine those of many tests at once
            "--innodb-log-file-size=8M", "--skip-name-resolve", "--max-connections=2000", .. Settings,
        ];
    }

    protected override string Text() => new MySqlConnectionStringBuilder
    {
        Server = "127.0.0.1",
        Port = (uint)Port,
        UserID = "report",
        Password = Password,
        Database = "test",
        Pooling = false,
        SslMode = MySqlSslMode.Preferred,
    }.ConnectionString;

    protected override DbConnection Connection(string text) => new MySqlConnection(text);
}
