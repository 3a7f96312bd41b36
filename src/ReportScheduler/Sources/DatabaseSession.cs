using System.Data.Common;
using System.Security.Authentication;
using ReportScheduler.Secrets;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources;

/// <summary>What a session is opened with, references resolved.</summary>
internal sealed record DatabaseSession(ReportConnection Source, DatabaseProvider Provider, string ConnectionString, string? User,
    string? Password)
{
    /// <summary>The task that reads; null for none.</summary>
    public ReportTask? Task { get; init; }

    /// <summary>Gets what the server says beside the rows; null to drop it.</summary>
    public Action<string>? Tell { get; init; }

    /// <summary>Where tokens of the connection's identity come from; null where it has none.</summary>
    public DatabaseTokens? Tokens { get; init; }

    /// <exception cref="ReportException">A reference has no value.</exception>
    public static DatabaseSession Of(ReportConnection source, IStoreSecrets secrets)
    {
        var password = secrets.Reveal(source.PasswordReference, source.ProtectedPassword, source.EnvFile);
        if (!SecretReference.IsReference(source.ConnectionString))
        {
            return new(source, DatabaseProviders.Named(source.Provider), source.ConnectionString, source.UserName,
                password) { Tokens = DatabaseTokens.Of(source, source.ConnectionString, secrets) };
        }

        var text = secrets.Resolve(source.ConnectionString, source.EnvFile);
        var parsed = ConnectionDefinition.Parse(source.Name, source.Provider, text, Path.GetFullPath);
        return new(source, DatabaseProviders.Named(parsed.Provider), parsed.ConnectionString, source.UserName ?? parsed.UserName,
            password ?? parsed.Password) { Tokens = DatabaseTokens.Of(source, parsed.ConnectionString, secrets) };
    }

    /// <summary>The same for another server.</summary>
    /// <exception cref="ReportException">The connection has none, or its settings do not take that one.</exception>
    public DatabaseSession MovedTo(string server)
    {
        var settings = Provider.Settings(ConnectionString);
        try
        {
            return Provider.MoveTo(settings, server)
                ? this with { ConnectionString = settings.ConnectionString }
                : throw SourceErrors.ServerNotReplaceable(Source.Name, Provider.Title, server);
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or OverflowException)
        {
            throw ProviderErrors.ConnectionStringNotUsable(Source.Name, $"'{server}' is not a server that it can use");
        }
    }

    /// <summary>An open connection, ready for the query.</summary>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="ReportException">What is wrong, in words a person can act on.</exception>
    public (DbConnection Connection, string Server) Connect(TimeSpan timeout, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var settings = Provider.Settings(ConnectionString);
        var (server, _) = Provider.Describe(settings);
        Provider.CheckPlace(settings);
        if (Provider.Endpoint(settings) is var (host, port))
        {
            PortProbe.Check(host, port, timeout, cancel);
        }

        var connection = Closed(Request(timeout, cancel));
        var opening = connection.OpenAsync(cancel);
        try
        {
            // not every client looks at the token in each of its steps
            opening.WaitAsync(cancel).GetAwaiter().GetResult();
            Provider.Verify(connection);
            Prepare(connection, timeout, cancel);
            return (connection, server);
        }
        catch (Exception problem)
        {
            // one that is still being opened cannot be closed
            _ = opening.ContinueWith(_ => connection.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            cancel.ThrowIfCancellationRequested();
            if (!IsOfClient(problem))
            {
                throw;
            }

            for (var cause = problem; cause is not null; cause = cause.InnerException)
            {
                if (cause is ReportException known)
                {
                    throw known;
                }
            }

            throw Tokens?.Refused(problem, Provider, server) ?? DatabaseProblem.Connecting(problem, Provider, settings, User, timeout);
        }
    }

    private SessionRequest Request(TimeSpan timeout, CancellationToken cancel)
    {
        var request = new SessionRequest(ConnectionString, User, Password, timeout, Task?.Name, Source.ReadOnly);
        return Tokens is null ? request : Tokens.SignIn(request, Provider, Source.Name, cancel);
    }

    /// <exception cref="ReportException">The client takes each setting, and not all of them together.</exception>
    private DbConnection Closed(SessionRequest request)
    {
        try
        {
            return Provider.Connect(request);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException or InvalidOperationException
            or FormatException)
        {
            throw ProviderErrors.SettingsDoNotAgree(Source.Name, Provider.Name, problem);
        }
    }

    private static bool IsOfClient(Exception problem) => problem is DbException or InvalidOperationException or ArgumentException
        or IOException or TimeoutException or AuthenticationException
        // a library that integrated security needs and this system does not have
        or DllNotFoundException or TypeInitializationException or PlatformNotSupportedException;

    /// <summary>The session is as the connection wants it before the query comes.</summary>
    private void Prepare(DbConnection connection, TimeSpan timeout, CancellationToken cancel)
    {
        if (Task is not null)
        {
            Provider.UseZone(connection, Task.TimeZone);
        }

        if (Source.InitSql is { Length: > 0 } sql)
        {
            RunFirst(connection, sql, timeout, cancel);
        }

        if (Source.ReadOnly)
        {
            ReadOnly(connection, timeout, cancel);
        }

        Provider.Guard(connection);
        if (Tell is { } tell)
        {
            Provider.Listen(connection, tell);
        }
    }

    private void ReadOnly(DbConnection connection, TimeSpan timeout, CancellationToken cancel)
    {
        foreach (var sql in Provider.ReadOnlySql(Source.Name, connection))
        {
            RunFirst(connection, sql, timeout, cancel);
        }
    }

    private void RunFirst(DbConnection connection, string sql, TimeSpan timeout, CancellationToken cancel)
    {
        SqlText.CheckNul(nameof(ReportConnection.InitSql), sql);
        using var limit = new CallLimit(timeout, cancel);
        try
        {
            foreach (var batch in Provider.Read(sql).Batches.SelectMany(batch => Enumerable.Repeat(batch.Text, batch.Times)))
            {
                using var command = connection.CreateCommand();
                (command.CommandText, command.CommandTimeout) = (batch, (int)Math.Max(1, Math.Ceiling(timeout.TotalSeconds)));
                limit.Run(command.ExecuteNonQuery);
            }
        }
        catch (Exception problem) when (problem is DbException or InvalidOperationException or TimeoutException)
        {
            cancel.ThrowIfCancellationRequested();
            throw SourceErrors.InitSqlFailed(Source.Name, Provider.Detail(problem), problem, DatabaseProblem.IsPassing(problem, Provider));
        }
    }
}
