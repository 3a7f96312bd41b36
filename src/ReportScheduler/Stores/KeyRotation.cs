using ReportScheduler.Store;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Stores;

/// <summary>Protects what a store keeps with the newest key of the ring, so that the older ones can be thrown away.</summary>
/// <remarks>The store goes over to the key first, and what is kept follows: cut off anywhere it can be repeated, and what is kept can
/// be read at any time by who has both keys.</remarks>
internal sealed class KeyRotation(RelationalStore store)
{
    /// <summary>Whether there is something to do.</summary>
    public bool IsNeeded => store.Key.HasNewer()
        || store.Connections.All().Any(one => IsOld(one.ProtectedPassword))
        || store.MailServers.All().Any(one => IsOld(one.ProtectedPassword) || IsOld(one.ProtectedCertificatePassword))
        || store.Identities.All().Any(one => IsOld(one.ProtectedSecret))
        || store.Keys.All().Any(one => IsOld(one.ProtectedKey));

    /// <returns>How many secrets have another key now.</returns>
    public int Rotate()
    {
        store.Key.UseNewest();
        return Renew(store.Connections, one => one.Name, one => one.ProtectedPassword, (one, text) => one.ProtectedPassword = text)
            + Renew(store.MailServers, one => one.Name, one => one.ProtectedPassword, (one, text) => one.ProtectedPassword = text)
            + Renew(store.MailServers, one => one.Name, one => one.ProtectedCertificatePassword,
                (one, text) => one.ProtectedCertificatePassword = text)
            + Renew(store.Identities, one => one.Name, one => one.ProtectedSecret, (one, text) => one.ProtectedSecret = text)
            + Renew(store.Keys, one => one.Name, one => one.ProtectedKey, (one, text) => one.ProtectedKey = text);
    }

    private int Renew<T>(INamedRecords<T> records, Func<T, string> nameOf, Func<T, string?> read, Action<T, string> write)
        where T : class => records.All().Where(one => IsOld(read(one))).Count(one => Renew(records, nameOf(one), read, write));

    /// <returns>False where it is gone, or somebody has given it another secret since.</returns>
    private bool Renew<T>(INamedRecords<T> records, string name, Func<T, string?> read, Action<T, string> write)
        where T : class
    {
        while (records.Find(name) is { } was && IsOld(read(was)) && records.Find(name) is { } renewed)
        {
            write(renewed, store.Secrets.Protect(store.Secrets.Unprotect(read(renewed)!)));
            if (records.Change(was, renewed))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOld(string? protectedText) => protectedText is { Length: > 0 } && !store.Key.IsCurrent(protectedText);
}
