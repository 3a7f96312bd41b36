using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>The database of a store during a rehearsal, of which all is in one transaction.</summary>
internal sealed class RehearsedDatabase(DatabaseAddress address, IVault? vault, StoreSession session)
    : RelationalDatabase(address, vault)
{
    public override T Change<T>(Func<StoreSession, T> work) => work(session);

    public override T Once<T>(Func<StoreSession, T> work) => work(session);
}
