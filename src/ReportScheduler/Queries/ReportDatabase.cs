using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Polly;
using Polly.Retry;

namespace ReportScheduler.Queries;

/// <summary>An open connection to a report's database. It serves all datasets of one run, one after the other.</summary>
internal sealed class ReportDatabase : IDisposable
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(15);

    private readonly DbConnection connection;
    private readonly ReportProvider provider;
    private readonly List<CancellationTokenRegistration> interrupts = [];

    private ReportDatabase(DbConnection connection, ReportProvider provider, string server)
    {
        this.connection = connection;
        this.provider = provider;
        Server = server;
    }

    /// <summary>Server or file, as people may see it.</summary>
    public string Server { get; }

    public string ServerVersion => connection.ServerVersion;

    /// <summary>Connects, again after passing failures.</summary>
    /// <param name="source">The connection.</param>
    /// <param name="secrets">Reads its password.</param>
    /// <param name="retry">How often to try again.</param>
    /// <param name="timeout">How long one try may take; at most 15 seconds are used.</param>
    /// <param name="cancel">Stops trying.</param>
    /// <exception cref="ReportException">What is wrong, in words a person can act on.</exception>
    public static ReportDatabase Open(
        ReportConnection source, Store.ISecretProtector secrets, int retry, TimeSpan timeout, CancellationToken cancel)
    {
        var known = Resolve(source, secrets);
        var limit = timeout < LongestConnect ? timeout : LongestConnect;
        if (retry == 0)
        {
            return Connect(known, limit, cancel);
        }

        return new ResiliencePipelineBuilder<ReportDatabase>()
            .AddRetry(new RetryStrategyOptions<ReportDatabase>
            {
                MaxRetryAttempts = retry,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(15),
                ShouldHandle = new PredicateBuilder<ReportDatabase>().Handle<ReportException>(problem => problem.IsTransient),
            })
            .Build()
            .Execute(token => Connect(known, limit, token), cancel);
    }

    /// <summary>Runs a query. Cancelling stops it on the server, also while rows are read.</summary>
    public DbDataReader Execute(string sql, IReadOnlyList<ReportParameter> parameters, TimeSpan timeout, CancellationToken cancel)
    {
        var values = new DynamicParameters();
        foreach (var parameter in parameters)
        {
            values.Add(parameter.Name, ProviderValue.Of(provider, parameter.Value));
        }

        var command = new CommandDefinition(sql, values, commandTimeout: (int)Math.Ceiling(timeout.TotalSeconds) + 5, cancellationToken: cancel);
        if (connection is SqliteConnection sqlite)
        {
            // SQLite has no asynchronous work: only an interrupt of the connection stops a statement.
            interrupts.Add(cancel.Register(() => SQLitePCL.raw.sqlite3_interrupt(sqlite.Handle)));
        }

        DbDataReader? reader = null;
        try
        {
            reader = connection.ExecuteReaderAsync(command).GetAwaiter().GetResult();
            return reader.FieldCount == 0 ? throw ReportError.NoResultSet(Server)
                // SQLite declares no types that bind, so the export looks at each value of its own reader.
                : provider == ReportProvider.Sqlite ? (DbDataReader)((IWrappedDataReader)reader).Reader
                : new QueryReader(reader, provider, Server, cancel);
        }
        catch (ReportException)
        {
            reader?.Dispose();
            throw;
        }
        catch (Exception problem) when (problem is DbException or InvalidOperationException or ArgumentException or IOException
            or TimeoutException or InvalidCastException or NotSupportedException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            throw ReportError.QueryFailed(Excerpt(sql), Server, problem);
        }
    }

    public void Dispose()
    {
        interrupts.ForEach(interrupt => interrupt.Dispose());
        connection.Dispose();
    }

    private static (ReportProvider Provider, string ConnectionString, string? User, string? Password) Resolve(ReportConnection source, Store.ISecretProtector secrets)
    {
        var password = source.PasswordReference is { } reference ? SecretReference.Resolve(reference, source.EnvFile)
            : source.ProtectedPassword is { } kept ? secrets.Unprotect(kept)
            : null;
        if (!SecretReference.IsReference(source.ConnectionString))
        {
            return (source.Provider, source.ConnectionString, source.UserName, password);
        }

        var text = SecretReference.Resolve(source.ConnectionString, source.EnvFile);
        var parsed = ConnectionDefinition.Parse(source.Name, source.Provider, text, Path.GetFullPath);
        return (parsed.Provider, parsed.ConnectionString, source.UserName ?? parsed.UserName, password ?? parsed.Password);
    }

    private static ReportDatabase Connect(
        (ReportProvider Provider, string ConnectionString, string? User, string? Password) known, TimeSpan timeout, CancellationToken cancel)
    {
        var (server, database) = DatabaseClient.Describe(known.Provider, known.ConnectionString);
        if (DatabaseClient.Endpoint(known.Provider, known.ConnectionString) is var (host, port))
        {
            PortProbe.Check(host, port, timeout, cancel);
        }

        var connection = DatabaseClient.Connect(known.Provider, known.ConnectionString, known.User, known.Password, timeout);
        try
        {
            connection.OpenAsync(cancel).GetAwaiter().GetResult();
            return new ReportDatabase(connection, known.Provider, server);
        }
        catch (Exception problem) when (problem is DbException or InvalidOperationException or ArgumentException or IOException or TimeoutException or System.Security.Authentication.AuthenticationException)
        {
            connection.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw DatabaseProblem.Connecting(problem, server, database, known.User);
        }
    }

    private static string Excerpt(string sql) => sql.Length <= 80 ? sql : sql[..77] + "...";
}
