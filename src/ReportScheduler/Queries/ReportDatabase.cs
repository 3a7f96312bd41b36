using System.Data;
using System.Data.Common;
using Dapper;
using Polly;
using Polly.Retry;
using ReportScheduler.Queries.Sql;

namespace ReportScheduler.Queries;

/// <summary>An open connection to a report's database. It serves all datasets of one run, one after the other.</summary>
internal sealed class ReportDatabase : IDisposable
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(15);

    private readonly DbConnection connection;
    private readonly ReportProvider provider;
    private CallLimit? limit;

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
    /// <param name="sql">The text, sent as it is, on SQL Server batch by batch. Its first result with columns comes first.</param>
    /// <param name="parameters">Bound as typed parameters.</param>
    /// <param name="timeout">What the task allows. The caller's token ends the query on time; this ends it when the server does not react to that.</param>
    /// <param name="cancel">Cancels the command on the server.</param>
    /// <exception cref="ReportException">The server refused the query.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DbDataReader Execute(string sql, IReadOnlyList<ReportParameter> parameters, TimeSpan timeout, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        SqlText.CheckNul(Excerpt(sql), sql);
        var text = SqlText.Of(provider, sql);
        ReportParameters.CheckNeeded(Excerpt(sql), text, parameters.Select(parameter => parameter.Name));
        var stop = new CommandStop(cancel);
        // SQLite is interrupted in this process; there is no network that could keep it.
        var bounds = limit = provider == ReportProvider.Sqlite ? null : new CallLimit(timeout, cancel);
        var results = new ResultSequence(connection, text, batch => Run(batch, parameters, Seconds(timeout), stop));
        try
        {
            return (bounds is null ? results.Next() : bounds.Run(results.Next))
                ? new QueryReader(results, provider, problem => DatabaseProblem.Reading(problem, Excerpt(sql), Server, timeout), stop, bounds, cancel)
                : throw ReportError.NoResultSet(Server);
        }
        catch (Exception problem)
        {
            stop.Abandon();
            if (bounds is not { IsAbandoned: true })
            {
                results.Dispose();
            }

            bounds?.Dispose();
            if (problem is ReportException)
            {
                throw;
            }

            cancel.ThrowIfCancellationRequested();
            throw DatabaseProblem.Querying(problem, Excerpt(sql), Server, timeout);
        }
    }

    /// <summary>Finds out the columns of a query and changes nothing in the database (see <see cref="QueryTrial"/>).</summary>
    /// <param name="sql">The text.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="read">Makes something of the columns, while the reader is open.</param>
    /// <returns>What was made of them; or why they cannot be told before the query runs.</returns>
    /// <exception cref="ReportException">The server would refuse the query.</exception>
    public (T? Columns, string? Unknown) Describe<T>(string sql, IReadOnlyList<ReportParameter> parameters, TimeSpan timeout, CancellationToken cancel, Func<DbDataReader, T> read)
        where T : class
    {
        cancel.ThrowIfCancellationRequested();
        SqlText.CheckNul(Excerpt(sql), sql);
        var text = SqlText.Of(provider, sql);
        ReportParameters.CheckNeeded(Excerpt(sql), text, parameters.Select(parameter => parameter.Name));
        using var stop = new CommandStop(cancel);
        var trial = QueryTrial.Of(provider, connection, text, parameters, (batch, behavior) => Run(batch, parameters, Seconds(timeout), stop, behavior));
        if (trial.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        T? columns = null;
        using var bounds = limit = provider == ReportProvider.Sqlite ? null : new CallLimit(timeout, cancel);
        try
        {
            if (bounds is null)
            {
                Try();
            }
            else
            {
                bounds.Run(Try);
            }

            return (columns, null);
        }
        catch (Exception problem) when (problem is not ReportException)
        {
            cancel.ThrowIfCancellationRequested();
            return trial.Excuse(problem) is { } excuse ? (null, excuse) : throw DatabaseProblem.Querying(problem, Excerpt(sql), Server, timeout);
        }

        bool Try()
        {
            trial.Try(results =>
            {
                using var reader = results.Next()
                    ? new QueryReader(results, provider, problem => DatabaseProblem.Reading(problem, Excerpt(sql), Server, timeout), stop, limit: null, cancel)
                    : throw ReportError.NoResultSet(Server);
                columns = read(reader);
                if (provider is ReportProvider.SqlServer or ReportProvider.PostgreSql)
                {
                    // to its end: what was described has no rows, and nothing runs that would have to be stopped
                    reader.Read();
                }
            });
            return true;
        }
    }

    public void Dispose()
    {
        if (provider == ReportProvider.Sqlite)
        {
            connection.Dispose();
        }
        else if (limit?.Abandoned is { } abandoned)
        {
            abandoned.ContinueWith(_ => DatabaseClient.Close(provider, connection), TaskScheduler.Default);
        }
        else
        {
            CallLimit.Try(() => DatabaseClient.Close(provider, connection));
        }
    }

    private static int Seconds(TimeSpan timeout) => Math.Min((int)Math.Ceiling(timeout.TotalSeconds), int.MaxValue / 2000) + (int)CallLimit.Grace.TotalSeconds;

    private DbDataReader Run(SqlBatch batch, IReadOnlyList<ReportParameter> parameters, int seconds, CommandStop stop, CommandBehavior behavior = CommandBehavior.Default)
    {
        var (sql, mentioned) = ListParameters.Bind(provider, batch, parameters);
        var bound = new QueryParameters(provider, mentioned, command => Prepare(command, stop));
        return (DbDataReader)connection.ExecuteReader(new CommandDefinition(sql, bound, commandTimeout: seconds, commandType: CommandType.Text), behavior);
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
        cancel.ThrowIfCancellationRequested();
        var (server, database) = DatabaseClient.Describe(known.Provider, known.ConnectionString);
        DatabaseClient.CheckPlace(known.Provider, known.ConnectionString);
        if (DatabaseClient.Endpoint(known.Provider, known.ConnectionString) is var (host, port))
        {
            PortProbe.Check(host, port, timeout, cancel);
        }

        var connection = DatabaseClient.Connect(known.Provider, known.ConnectionString, known.User, known.Password, timeout);
        try
        {
            // not every client looks at the token in each of its steps
            connection.OpenAsync(cancel).WaitAsync(cancel).GetAwaiter().GetResult();
            Verify(connection, known.Provider);
            return new ReportDatabase(connection, known.Provider, server);
        }
        catch (Exception problem) when (problem is DbException or InvalidOperationException or ArgumentException or IOException or TimeoutException or System.Security.Authentication.AuthenticationException)
        {
            connection.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw DatabaseProblem.Connecting(problem, server, database, known.User, timeout);
        }
    }

    /// <summary>SQLite opens any file, and finds out that it is no database when it first reads.</summary>
    private static void Verify(DbConnection connection, ReportProvider provider)
    {
        if (provider == ReportProvider.Sqlite)
        {
            connection.ExecuteScalar("PRAGMA schema_version");
        }
    }

    private void Prepare(IDbCommand command, CommandStop stop)
    {
        stop.Watch(command);
        if (provider == ReportProvider.PostgreSql)
        {
            PostgresValues.Prepare(command);
        }
    }

    private static string Excerpt(string sql) => sql.Length <= 80 ? sql : sql[..77] + "...";
}
