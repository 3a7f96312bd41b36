using Dapper;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>The key of a store that many machines share: each has it in a file, and
/// the database knows which one it is and not the key.</summary>
internal sealed class StoreKey : ISecretProtector
{
    private const string FileVariable = "REPORTSCHEDULER_KEY_FILE";

    private readonly RelationalDatabase database;
    private readonly SecretKey key;
    private readonly SecretProtector protector;

    public StoreKey(RelationalDatabase database, string storePath, StoreScope scope)
    {
        this.database = database;
        key = new SecretKey(storePath, scope, Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file ? file : null);
        protector = new SecretProtector(key);
    }

    public string Protect(string plainText)
    {
        Ensure();
        return protector.Protect(plainText);
    }

    public string Unprotect(string protectedText) => protector.Unprotect(protectedText);

    /// <exception cref="ReportException">StoreKeyMissing: the store has a key, which is not on this computer.</exception>
    public void Check()
    {
        if (Known() is { } known && (key.Read() is not { } here || SecretProtector.Mark(here) != known))
        {
            throw RelationalErrors.StoreKeyMissing(key.Path);
        }
    }

    /// <summary>Makes the key of a store that has none yet.</summary>
    /// <exception cref="ReportException">StoreKeyMissing: it has one, which is not here.</exception>
    public void Ensure()
    {
        if (Known() is null)
        {
            var mark = SecretProtector.Mark(key.ReadOrCreate());
            database.Once(connection => connection.Execute("insert into meta values ('key', @mark) on conflict do nothing", new { mark }));
        }

        Check();
    }

    private string? Known() =>
        database.Once(connection => connection.QuerySingleOrDefault<string>("select value from meta where key = 'key'"));
}
