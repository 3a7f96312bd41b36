using System.Data.Common;
using System.Security.Authentication;

namespace ReportScheduler.Sources.Providers;

/// <summary>Says in words a person can act on what a database client could not do.</summary>
internal static class DatabaseProblem
{
    /// <summary>What connecting could not do.</summary>
    /// <param name="problem">What the client threw.</param>
    /// <param name="provider">The kind of database.</param>
    /// <param name="settings">Those of the connection string.</param>
    /// <param name="user">Who logs in; null for nobody.</param>
    /// <param name="timeout">How long it was allowed to take.</param>
    public static ReportException Connecting(Exception problem, DatabaseProvider provider, DbConnectionStringBuilder settings, string? user,
        TimeSpan timeout)
    {
        var (server, named) = provider.Describe(settings);
        var database = named ?? provider.DefaultDatabase(user);
        if (provider.Explain(problem, server, settings) is { } known)
        {
            return known;
        }

        if (IsCertificate(problem))
        {
            return ProviderErrors.CertificateNotTrusted(server, provider.CertificateRemedy, problem);
        }

        return provider.ConnectFault(problem) switch
        {
            DatabaseFault.LoginRefused => ProviderErrors.LoginRefused(server, user, problem),
            DatabaseFault.DatabaseMissing => ProviderErrors.DatabaseMissing(server, database, problem),
            DatabaseFault.Permanent => ProviderErrors.ConnectionFailed(server, problem, transient: false),
            DatabaseFault.TimedOut => ProviderErrors.ConnectionTimedOut(server, timeout),
            _ when IsTimeout(problem) => ProviderErrors.ConnectionTimedOut(server, timeout),
            DatabaseFault.NotADatabase => ProviderErrors.NotADatabase(server, problem),
            _ => ProviderErrors.ConnectionFailed(server, problem, provider.IsTransient(problem)),
        };
    }

    /// <summary>What a query could not do.</summary>
    /// <param name="problem">What the client threw.</param>
    /// <param name="provider">The kind of database.</param>
    /// <param name="query">The beginning of the SQL text.</param>
    /// <param name="server">The server, as people may see it.</param>
    /// <param name="timeout">How long it was allowed to take.</param>
    public static ReportException Querying(Exception problem, DatabaseProvider provider, string query, string server, TimeSpan timeout) =>
        Known(problem, provider, query, server, timeout)
            ?? ProviderErrors.QueryFailed(query, server, provider.Detail(problem), provider.Hint(problem), problem);

    /// <summary>What went wrong after the first rows may have come.</summary>
    /// <param name="problem">What the client threw.</param>
    /// <param name="provider">The kind of database.</param>
    /// <param name="query">The beginning of the SQL text.</param>
    /// <param name="server">The server, as people may see it.</param>
    /// <param name="timeout">How long it was allowed to take.</param>
    public static ReportException Reading(Exception problem, DatabaseProvider provider, string query, string server, TimeSpan timeout) =>
        Known(problem, provider, query, server, timeout)
        // a reader whose connection went away says that it is closed
        ?? (problem is DbException
            ? ProviderErrors.QueryBroken(query, server, provider.Detail(problem), problem)
            : ProviderErrors.ReadFailed(server, problem));

    /// <summary>Whether the session's own SQL may work a little later.</summary>
    public static bool IsPassing(Exception problem, DatabaseProvider provider) =>
        provider.IsTransient(problem) || provider.QueryFault(problem) is DatabaseFault.Victim or DatabaseFault.Locked;

    private static ReportException? Known(Exception problem, DatabaseProvider provider, string query, string server, TimeSpan timeout) =>
        provider.QueryFault(problem) switch
    {
        DatabaseFault.Denied => ProviderErrors.QueryDenied(query, server, problem),
        DatabaseFault.TimedOut => ProviderErrors.QueryTimedOut(query, timeout, problem),
        _ when IsTimeout(problem) => ProviderErrors.QueryTimedOut(query, timeout, problem),
        DatabaseFault.ReadOnly => ProviderErrors.ConnectionReadsOnly(query, server, provider.Detail(problem), problem),
        DatabaseFault.NotForReading => ProviderErrors.QueryNotForReading(query, server, problem),
        DatabaseFault.Victim => ProviderErrors.QueryDeadlocked(query, server, provider.Detail(problem), problem),
        DatabaseFault.Locked => ProviderErrors.QueryLocked(query, server, provider.Detail(problem), problem),
        DatabaseFault.Lost => ProviderErrors.ReadFailed(server, problem),
        _ => null,
    };

    private static bool IsTimeout(Exception problem) => problem is TimeoutException || problem.InnerException is TimeoutException;

    private static bool IsCertificate(Exception? problem) => problem switch
    {
        null => false,
        AuthenticationException => true,
        _ => problem.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) || IsCertificate(problem.InnerException),
    };
}
