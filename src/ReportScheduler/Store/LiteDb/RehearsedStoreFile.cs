using LiteDB;

namespace ReportScheduler.Store.LiteDb;

/// <summary>What a rehearsal uses in place of the file: a database in memory, which is gone afterwards.</summary>
internal sealed class RehearsedStoreFile(string path, LiteDatabase memory) : LiteStoreFile(path, StoreScope.User, isMadeByReading: false)
{
    public override T Change<T>(Func<LiteDatabase, T> work, Func<long>? renew = null, bool evenMoved = false)
    {
        memory.BeginTrans();
        var result = work(memory);
        memory.Commit();
        return result;
    }

    public override T Read<T>(Func<LiteDatabase, T> work) => work(memory);
}
