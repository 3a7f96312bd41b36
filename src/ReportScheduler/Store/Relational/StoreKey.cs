using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>The key of a store that many machines share: each has it in a file, and
/// the database knows which one it is and not the key.</summary>
/// <remarks>The file may have several, the newest first. What is protected anew is protected with the one that the database knows, so that
/// a newer key can be brought to all machines before it is used; then <see cref="UseNewest"/> is called once.</remarks>
internal sealed class StoreKey : ISecretProtector
{
    /// <summary>Names the key file where it is not beside the store's folder.</summary>
    public const string FileVariable = "REPORTSCHEDULER_KEY_FILE";

    private readonly RelationalDatabase database;
    private readonly SecretKey key;
    private readonly SecretProtector protector;

    public StoreKey(RelationalDatabase database, string storePath, StoreScope scope)
    {
        this.database = database;
        key = new SecretKey(storePath, scope, StoreVariable.Read(FileVariable));
        protector = new SecretProtector(key);
    }

    public string Path => key.Path;

    public string Protect(string plainText)
    {
        Ensure();
        return SecretProtector.Protect(plainText, Find(Known()!)!);
    }

    public string Unprotect(string protectedText) => protector.Unprotect(protectedText);

    /// <exception cref="ReportException">StoreKeyMissing: the store has a key, which is not on this computer.</exception>
    public void Check()
    {
        if (Known() is { } known && Find(known) is null)
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
            database.Once(session => session.InsertNew("meta", "name", new RowSet().With("name", "key").With("value", mark)));
        }

        Check();
    }

    /// <summary>Whether the file has a newer key than the one that the store uses.</summary>
    public bool HasNewer() => Known() is { } known && key.Read() is { } newest && SecretProtector.Mark(newest) != known;

    /// <summary>Whether a text is protected with the key that the store uses.</summary>
    public bool IsCurrent(string protectedText) => SecretProtector.MarkOf(protectedText) == Known();

    /// <summary>Uses the newest key of the file from now on. A machine without it takes no runs then.</summary>
    public void UseNewest()
    {
        Check();
        if (key.Read() is { } newest)
        {
            var mark = SecretProtector.Mark(newest);
            database.Change(session =>
            {
                session.Execute("update meta set value = @mark where name = 'key'", new { mark });
                return session.NewDefinitions();
            });
        }
    }

    private byte[]? Find(string mark) => key.ReadAll().FirstOrDefault(one => SecretProtector.Mark(one) == mark);

    private string? Known() => database.Once(session => session.Find("select value from meta where name = 'key'"));
}
