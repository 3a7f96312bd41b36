using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>The database of a store: one connection and one transaction per operation.</summary>
internal class RelationalDatabase(DatabaseAddress address, IVault? vault)
{
    /// <summary>Before the name of a mark in the table meta.</summary>
    public const string MarkPrefix = "mark:";

    /// <summary>So often a transaction is tried that another one kept from its end.</summary>
    private const int Tries = 8;

    private readonly object gate = new();
    private bool isChecked;

    public string Address => address.Text;

    /// <summary>What was being copied into the store when it was first looked at; null for nothing.</summary>
    public string? FilledFrom { get; set; }

    public StoreDialect Sql => address.Dialect;

    public KnownDefinitions Definitions { get; } = new();

    /// <summary>Runs <paramref name="work"/> in one transaction. Anything it throws undoes it; it may be called again.</summary>
    public virtual T Change<T>(Func<StoreSession, T> work)
    {
        for (var again = 1; ; again++)
        {
            try
            {
                return Guarded(connection => InTransaction(connection, work));
            }
            catch (ReportException busy) when (again < Tries && busy.InnerException is DbException problem && Sql.IsBusy(problem))
            {
                Thread.Sleep(Random.Shared.Next(1, 10 * again));
            }
        }
    }

    /// <summary>Runs a statement or several that only read, or that are one change by themselves.</summary>
    public virtual T Once<T>(Func<StoreSession, T> work) => Guarded(connection => work(new StoreSession(connection, null, Sql)));

    /// <summary>Runs <paramref name="work"/> in one transaction, and undoes it.</summary>
    public void Undone(Action<StoreSession> work) => Guarded(connection =>
    {
        using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        work(new StoreSession(connection, transaction, Sql));
        transaction.Rollback();
        return true;
    });

    /// <summary>Runs <paramref name="work"/> whatever the version of the tables is.</summary>
    public T Unchecked<T>(Func<DbConnection, T> work)
    {
        // on this thread: a vault may be that of its session
        var (connectionString, token) = SignIn();
        return StoreStop.Ask(() => Asked(work, isPooled => Source(isPooled, connectionString, token)),
            () => RelationalErrors.StoreUnreachable(
                address.Text, new TimeoutException("it had not answered when the command was stopped")));
    }

    private T Asked<T>(Func<DbConnection, T> work, Func<bool, DbDataSource> source)
    {
        try
        {
            return Connected(work, source);
        }
        catch (LineException cut)
        {
            throw RelationalErrors.Of(cut.InnerException!, StoreFault.Unreachable, address.Text);
        }
        catch (Exception problem) when (IsOfNetwork(problem)
            || problem is DbException or TimeoutException or InvalidOperationException { InnerException: DbException })
        {
            var said = problem as DbException ?? problem.InnerException as DbException;
            var fault = said is null ? StoreFault.Unreachable : Sql.FaultOf(said);
            if (fault == StoreFault.Denied)
            {
                address.Identity?.Forget();
            }

            throw RelationalErrors.Of(problem, fault, address.Text, said is null ? null : Sql.DeniedHint(said));
        }
    }

    /// <exception cref="ReportException">StoreNotMade, StoreTooOld or StoreTooNew.</exception>
    public void CheckVersion(int version)
    {
        if (version == 0)
        {
            throw RelationalErrors.StoreNotMade(address.Text);
        }

        if (version > RelationalSchema.Newest)
        {
            throw RelationalErrors.StoreTooNew(address.Text, version, RelationalSchema.Newest);
        }

        if (version < RelationalSchema.Newest)
        {
            throw RelationalErrors.StoreTooOld(address.Text, version, RelationalSchema.Newest);
        }
    }

    // the server, or what is between, may have closed a connection that waited for its next use
    private static T Connected<T>(Func<DbConnection, T> work, Func<bool, DbDataSource> source)
    {
        using (var connection = Opened(source(true)))
        {
            try
            {
                return Used(connection, work);
            }
            catch (LineException cut) when (!cut.MayBeCommitted)
            {
                // nothing was committed, or it was one statement, of which nothing comes when it is repeated
            }
        }

        // what cut this line may have cut all others that wait for their next use
        using var fresh = Opened(source(false));
        return Used(fresh, work);
    }

    private static DbConnection Opened(DbDataSource source)
    {
        try
        {
            return source.OpenConnection();
        }
        catch (InvalidOperationException problem) when (problem.InnerException is not DbException)
        {
            // SqlClient says so of a server that is another one, and of a pool that is used up
            throw new LineException(problem, mayBeCommitted: false);
        }
    }

    // a driver may say anything of a line that was cut, MySqlConnector the words of TLS or of a stream that ended
    private static T Used<T>(DbConnection connection, Func<DbConnection, T> work)
    {
        try
        {
            return work(connection);
        }
        catch (Exception problem) when (problem is not LineException && IsCut(problem, connection))
        {
            throw new LineException(problem, mayBeCommitted: false);
        }
    }

    private T InTransaction<T>(DbConnection connection, Func<StoreSession, T> work)
    {
        var isCommitting = false;
        try
        {
            using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
            var session = new StoreSession(connection, transaction, Sql);
            try
            {
                var result = work(session);
                StoreStop.CheckAwaited();
                isCommitting = true;
                transaction.Commit();
                return result;
            }
            finally
            {
                if (session.HasNewDefinitions)
                {
                    Definitions.Forget();
                }
            }
        }
        // what the end of the transaction says when the line is cut hides what the commit said
        catch (Exception problem) when (isCommitting && IsCut(problem, connection))
        {
            // whether it was committed nobody knows
            throw new LineException(problem, mayBeCommitted: true);
        }
    }

    private T Guarded<T>(Func<DbConnection, T> work) => StorePatience.Ask(() => Unchecked(connection =>
    {
        lock (gate)
        {
            if (!isChecked)
            {
                var session = new StoreSession(connection, null, Sql);
                CheckVersion(RelationalSchema.Version(session, address.Text));
                FilledFrom = session.Find($"select value from meta where name = '{MarkPrefix}{StoreMark.CopiedFrom}'");
                isChecked = true;
            }
        }

        return work(connection);
    }));

    private static bool IsCut(Exception problem, DbConnection connection) =>
        IsOfNetwork(problem) || (connection.State != ConnectionState.Open && problem is not ReportException);

    private static bool IsOfNetwork(Exception problem) => problem is SocketException or IOException { InnerException: SocketException };

    private (string ConnectionString, IdentityToken? Token) SignIn()
    {
        try
        {
            return address.SignIn(vault);
        }
        catch (ReportException away) when (away.IsTransient && address.Identity is not null)
        {
            throw RelationalErrors.StoreUnreachable(address.Text, away);
        }
    }

    private DbDataSource Source(bool isPooled, string connectionString, IdentityToken? token) =>
        isPooled ? OpenSources.Of(address, connectionString, token) : Sql.Open(connectionString + ";Pooling=false", token);

    /// <summary>The line to the server was cut.</summary>
    private sealed class LineException(Exception inner, bool mayBeCommitted) : Exception(inner.Message, inner)
    {
        public bool MayBeCommitted => mayBeCommitted;
    }
}
