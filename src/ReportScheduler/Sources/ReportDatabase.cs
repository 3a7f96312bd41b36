using System.Data;
using System.Data.Common;
using Dapper;
using Polly;
using Polly.Retry;
using ReportScheduler.Rows;
using ReportScheduler.Secrets;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Sources.Sql;
using ReportScheduler.Text;

namespace ReportScheduler.Sources;

/// <summary>An open connection to a report's database. It serves all datasets of one run, one after the other.</summary>
internal sealed class ReportDatabase : IRowSource
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(15);

    private readonly DbConnection connection;
    private readonly DatabaseProvider provider;
    private readonly Action<string>? tell;
    private readonly bool isReadOnly;
    private CallLimit? limit;

    private ReportDatabase(DbConnection connection, DatabaseProvider provider, string server, bool isReadOnly, Action<string>? tell)
    {
        this.isReadOnly = isReadOnly;
        this.tell = tell;
        this.connection = connection;
        this.provider = provider;
        Server = server;
    }

    /// <summary>Server or file, as people may see it.</summary>
    public string Server { get; }

    /// <inheritdoc/>
    public string Place => Server;

    public string ServerVersion => connection.ServerVersion;

    /// <summary>Connects, again after transient failures.</summary>
    /// <param name="source">The connection.</param>
    /// <param name="secrets">Reads its password.</param>
    /// <param name="retry">How often to try again.</param>
    /// <param name="timeout">How long one try may take; at most 15 seconds are used.</param>
    /// <param name="cancel">Stops trying.</param>
    /// <param name="task">The task that reads: the server's administrator sees its name, and the session has its zone. Null for
    /// none.</param>
    /// <param name="tell">Gets what the server says beside the rows, on any thread; null to drop it.</param>
    /// <param name="server">Another server in place of the connection's; null for its own.</param>
    /// <exception cref="ReportException">What is wrong, in words a person can act on.</exception>
    public static ReportDatabase Open(
        ReportConnection source, IStoreSecrets secrets, int retry, TimeSpan timeout, CancellationToken cancel, ReportTask? task = null,
        Action<string>? tell = null, string? server = null)
    {
        var own = DatabaseSession.Of(source, secrets) with { Task = task, Tell = tell };
        var known = server is null ? own : own.MovedTo(server);
        var limit = timeout < LongestConnect ? timeout : LongestConnect;
        if (retry == 0)
        {
            return Connect(known, limit, cancel);
        }

        var tries = 0;
        var pipeline = new ResiliencePipelineBuilder<ReportDatabase>()
            .AddRetry(new RetryStrategyOptions<ReportDatabase>
            {
                MaxRetryAttempts = retry,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(15),
                ShouldHandle = new PredicateBuilder<ReportDatabase>().Handle<ReportException>(problem => problem.IsTransient),
            })
            .Build();
        try
        {
            return pipeline.Execute(
                token =>
                {
                    tries++;
                    return Connect(known, limit, token);
                },
                cancel);
        }
        catch (ReportException problem) when (tries > 1)
        {
            throw problem.After(tries);
        }
    }

    /// <inheritdoc/>
    public IRowResults Query(RowQuery query, CancellationToken cancel) => new DatabaseResults(
        Execute(query.Text, query.Parameters, query.Timeout, cancel),
        problem => DatabaseProblem.Reading(problem, provider, Excerpt.Of(query.Text), Server, query.Timeout),
        cancel);

    /// <inheritdoc/>
    public RowDescription Describe(RowQuery query, TimeZoneInfo zone, CancellationToken cancel)
    {
        IReadOnlyList<SourceColumn> dates = [];
        var (columns, unknown) = Describe(
            query.Text, query.Parameters, query.Timeout,
            reader =>
            {
                var found = new RowReader(reader, zone).Columns;
                dates = provider.HasDatesAsText ? DatesAsText(reader, found) : [];
                return found;
            },
            cancel);
        return new RowDescription(columns, unknown) { DatesAsText = dates };
    }

    private static List<SourceColumn> DatesAsText(DbDataReader reader, IReadOnlyList<SourceColumn> columns) =>
        reader.Read() ? [.. columns.Where(
            column => column.Kind == ColumnKind.Text && reader.GetValue(column.Index) is string text && TextValue.IsDate(text))] : [];

    /// <summary>Runs a query. Cancelling stops it on the server, also while rows are read.</summary>
    /// <param name="sql">The text, sent as it is, on SQL Server batch by batch. Its first result with columns comes first.</param>
    /// <param name="parameters">Bound as typed parameters.</param>
    /// <param name="timeout">What the task allows. The caller's token ends the query on
    /// time; this ends it when the server does not react to that.</param>
    /// <param name="cancel">Cancels the command on the server.</param>
    /// <exception cref="ReportException">The server refused the query.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DbDataReader Execute(string sql, IReadOnlyList<ReportParameter> parameters, TimeSpan timeout, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        SqlText.CheckNul(Excerpt.Of(sql), sql);
        var text = Read(sql);
        ReportParameters.CheckNeeded(Excerpt.Of(sql), text, parameters.Select(parameter => parameter.Name));
        var stop = new CommandStop(provider, cancel);
        // a file is read in this process; there is no network that could keep it
        var bounds = limit = !provider.HasServer ? null : new CallLimit(timeout, cancel);
        var results = new ResultSequence(connection, text, batch => Run(batch, parameters, Seconds(timeout), stop));
        try
        {
            return (bounds is null ? results.Next() : bounds.Run(results.Next))
                ? new QueryReader(results, provider,
                    problem => DatabaseProblem.Reading(problem, provider, Excerpt.Of(sql), Server, timeout), stop, bounds, cancel)
                {
                    Ended = tell is null ? null : () => provider.Ask(connection, tell),
                }
                : throw SourceErrors.NoResultSet(Server);
        }
        catch (Exception problem)
        {
            if (bounds is { IsAbandoned: true })
            {
                stop.Abandon();
            }
            else
            {
                stop.Dispose();
                results.Dispose();
            }

            bounds?.Dispose();
            if (problem is ReportException)
            {
                throw;
            }

            cancel.ThrowIfCancellationRequested();
            throw DatabaseProblem.Querying(problem, provider, Excerpt.Of(sql), Server, timeout);
        }
    }

    /// <summary>Finds out the columns of a query and changes nothing in the database (see <see cref="QueryTrial"/>).</summary>
    /// <param name="sql">The text.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="read">Makes something of the columns, while the reader is open.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>What was made of them; or why they cannot be told before the query runs.</returns>
    /// <exception cref="ReportException">The server would refuse the query.</exception>
    public (T? Columns, string? Unknown) Describe<T>(string sql, IReadOnlyList<ReportParameter> parameters, TimeSpan timeout,
        Func<DbDataReader, T> read, CancellationToken cancel)
        where T : class
    {
        cancel.ThrowIfCancellationRequested();
        SqlText.CheckNul(Excerpt.Of(sql), sql);
        var text = Read(sql);
        ReportParameters.CheckNeeded(Excerpt.Of(sql), text, parameters.Select(parameter => parameter.Name));
        using var stop = new CommandStop(provider, cancel);
        var trial = provider.Trial(
            new TrialRequest(connection, text, parameters, (batch, behavior) => Run(batch, parameters, Seconds(timeout), stop, behavior)));
        if (trial.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        T? columns = null;
        using var bounds = limit = !provider.HasServer ? null : new CallLimit(timeout, cancel);
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
            return trial.Excuse(problem) is { } excuse
                ? (null, excuse)
                : throw DatabaseProblem.Querying(problem, provider, Excerpt.Of(sql), Server, timeout);
        }

        bool Try()
        {
            trial.Try(results =>
            {
                using var reader = results.Next()
                    ? new QueryReader(results, provider,
                        problem => DatabaseProblem.Reading(problem, provider, Excerpt.Of(sql), Server, timeout), stop, limit: null, cancel)
                    : throw SourceErrors.NoResultSet(Server);
                columns = read(reader);
                if (trial.HasNoRows)
                {
                    // to its end: nothing runs that would have to be stopped
                    reader.Read();
                }
            });
            return true;
        }
    }

    public void Dispose()
    {
        if (!provider.HasServer)
        {
            Close();
        }
        else if (limit?.Abandoned is { } abandoned)
        {
            _ = abandoned.ContinueWith(_ => Close(), TaskScheduler.Default);
        }
        else
        {
            CallLimit.Try(Close);
        }
    }

    private SqlText Read(string sql)
    {
        var text = provider.Read(sql);
        return isReadOnly && provider.Writes(text) is { } statement
            ? throw ProviderErrors.ConnectionReadsOnly(Excerpt.Of(sql), Server, $"it has {statement}")
            : text;
    }

    private void Close()
    {
        try
        {
            provider.Close(connection);
        }
        catch (Exception problem) when (problem is DbException or IOException or InvalidOperationException)
        {
            // It was lost; the rows are read, or what went wrong with them is told already.
        }
    }

    private static int Seconds(TimeSpan timeout) =>
        Math.Min((int)Math.Ceiling(timeout.TotalSeconds), int.MaxValue / 2000) + (int)CallLimit.Grace.TotalSeconds;

    private DbDataReader Run(SqlBatch batch, IReadOnlyList<ReportParameter> parameters, int seconds, CommandStop stop,
        CommandBehavior behavior = CommandBehavior.Default)
    {
        var (sql, mentioned) = provider.Bind(batch, parameters);
        if (provider.MostParameters is { } most && mentioned.Count > most)
        {
            throw ProviderErrors.TooManyParameters(Excerpt.Of(batch.Text), provider.Title, mentioned.Count, most);
        }

        var bound = new QueryParameters(provider, mentioned, command => Prepare(command, stop));
        return (DbDataReader)connection.ExecuteReader(
            new CommandDefinition(sql, bound, commandTimeout: seconds, commandType: CommandType.Text), behavior);
    }

    private static ReportDatabase Connect(DatabaseSession session, TimeSpan timeout, CancellationToken cancel)
    {
        var (connection, server) = session.Connect(timeout, cancel);
        return new ReportDatabase(connection, session.Provider, server, session.Source.ReadOnly, session.Tell);
    }

    private void Prepare(IDbCommand command, CommandStop stop)
    {
        stop.Watch(command);
        provider.Prepare(command);
    }
}
