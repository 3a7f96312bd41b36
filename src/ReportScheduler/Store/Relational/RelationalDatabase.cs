using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace ReportScheduler.Store.Relational;

/// <summary>The database of a store: one connection and one transaction per operation.</summary>
internal sealed class RelationalDatabase(DatabaseAddress address)
{
    /// <summary>So often a transaction is tried that another one kept from its end.</summary>
    private const int Tries = 8;

    private static readonly ConcurrentDictionary<string, NpgsqlDataSource> Sources = new(StringComparer.Ordinal);

    private readonly object gate = new();
    private bool isChecked;

    public string Address => address.Text;

    /// <summary>Says that a definition is another one. It is the last statement of its transaction: the row is everybody's.</summary>
    public static bool NewDefinitions(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        connection.Execute("update meta set value = (value::bigint + 1)::text where key = 'definitions'", transaction: transaction) > 0;

    /// <summary>Runs <paramref name="work"/> in one transaction. Anything it throws undoes it; it may be called again.</summary>
    public T Change<T>(Func<NpgsqlConnection, NpgsqlTransaction, T> work)
    {
        for (var again = 1; ; again++)
        {
            try
            {
                return Guarded(connection =>
                {
                    using var transaction = connection.BeginTransaction();
                    var result = work(connection, transaction);
                    transaction.Commit();
                    return result;
                });
            }
            catch (ReportException busy) when (again < Tries && busy.InnerException is PostgresException
            {
                SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.UniqueViolation
            })
            {
                Thread.Sleep(Random.Shared.Next(1, 10 * again));
            }
        }
    }

    /// <summary>Runs a statement or several that only read, or that are one change by themselves.</summary>
    public T Once<T>(Func<NpgsqlConnection, T> work) => Guarded(work);

    /// <summary>Runs <paramref name="work"/> whatever the version of the tables is.</summary>
    public T Unchecked<T>(Func<NpgsqlConnection, T> work)
    {
        try
        {
            using var connection = Source().OpenConnection();
            return work(connection);
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException
            or InvalidOperationException { InnerException: NpgsqlException })
        {
            throw RelationalErrors.Of(problem, address.Text);
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

    private T Guarded<T>(Func<NpgsqlConnection, T> work) => Unchecked(connection =>
    {
        lock (gate)
        {
            if (!isChecked)
            {
                CheckVersion(RelationalSchema.Version(connection));
                isChecked = true;
            }
        }

        return work(connection);
    });

    private NpgsqlDataSource Source() => Sources.GetOrAdd(address.ConnectionString(), text => NpgsqlDataSource.Create(text));
}
