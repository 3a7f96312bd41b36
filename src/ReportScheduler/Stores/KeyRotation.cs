using ReportScheduler.Store;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Stores;

/// <summary>Protects what a store keeps with the newest key of the ring, so that the older ones can be thrown away.</summary>
/// <remarks>The store goes over to the key first, and what is kept follows: cut off anywhere it can be repeated, and what is kept can
/// be read at any time by who has both keys.</remarks>
internal sealed class KeyRotation(RelationalStore store)
{
    /// <summary>Whether there is something to do.</summary>
    public bool IsNeeded => store.Key.HasNewer() || ProtectedTexts.Of(store).Any(IsOld);

    /// <returns>How many secrets have another key now.</returns>
    public int Rotate()
    {
        store.Key.UseNewest();
        return Renew(store.Connections, one => one.Name) + Renew(store.MailServers, one => one.Name)
            + Renew(store.Identities, one => one.Name) + Renew(store.Keys, one => one.Name);
    }

    private int Renew<T>(INamedRecords<T> records, Func<T, string> nameOf)
        where T : class => records.All().Sum(one => Renew(records, nameOf(one)));

    /// <returns>None where it is gone, or somebody has given it other secrets since.</returns>
    private int Renew<T>(INamedRecords<T> records, string name)
        where T : class
    {
        while (records.Find(name) is { } was && ProtectedTexts.In(was).Count(IsOld) is > 0 and var old && records.Find(name) is { } renewed)
        {
            ProtectedTexts.Change(renewed, text => IsOld(text) ? store.Secrets.Protect(store.Secrets.Unprotect(text)) : text);
            if (records.Change(was, renewed))
            {
                return old;
            }
        }

        return 0;
    }

    private bool IsOld(string protectedText) => !store.Key.IsCurrent(protectedText);
}
