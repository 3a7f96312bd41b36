using System.Data.Common;
using System.Diagnostics;

namespace ReportScheduler.Tests.Support;

/// <summary>A real server for the whole test run, started by the first test that needs it, on a free loopback port.</summary>
/// <remarks>
/// Take it as a constructor parameter of the test class. <see cref="ConnectionString"/> starts it, or skips the test where the
/// server is not installed. It speaks TLS with a certificate that nobody trusts.
/// </remarks>
public abstract class DatabaseServer : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly string account;
    private readonly Lazy<string> connectionString;
    private Process? server;
    private string? folder;

    /// <param name="account">Whom the server runs as: it refuses to run as root.</param>
    protected DatabaseServer(string account)
    {
        this.account = account;
        connectionString = new Lazy<string>(Start);
    }

    public int Port { get; private set; }

    public string ConnectionString => connectionString.Value;

    public void Execute(string sql) => Ask(sql, command => command.ExecuteNonQuery());

    public object? Scalar(string sql) => Ask(sql, command => command.ExecuteScalar());

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
            Directory.Delete(folder!, recursive: true);
        }
    }

    /// <summary>Skips or fails the test where the server is not installed.</summary>
    protected abstract void Require();

    /// <summary>Makes the data folder; the command line that serves it.</summary>
    protected abstract string[] Prepare(string serverFolder, string certificate, string key);

    protected abstract string Text();

    protected abstract DbConnection Connection(string text);

    private string Start()
    {
        Require();
        folder = ServerProcess.NewFolder(account);
        var (certificate, key) = ServerProcess.SelfSigned(folder, account);
        Port = ServerProcess.FreePort();
        server = ServerProcess.Start(account, Prepare(folder, certificate, key));
        // read, or a full pipe stops it
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var text = Text();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var connection = Connection(text);
                connection.Open();
                return text;
            }
            catch (DbException) when (watch.Elapsed < Limit)
            {
                // It says nothing when it is ready, so asking again is all there is.
                Thread.Sleep(50);
            }
        }
    }

    private T Ask<T>(string sql, Func<DbCommand, T> ask)
    {
        using var connection = Connection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return ask(command);
    }
}
