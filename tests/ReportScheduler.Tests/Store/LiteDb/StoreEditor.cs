using LiteDB;

namespace ReportScheduler.Tests.Store.LiteDb;

/// <summary>Changes a store file behind the module's back.</summary>
internal static class StoreEditor
{
    public static void Edit(string path, string collection, string id, Action<BsonDocument> change)
    {
        using var database = new LiteDatabase(path);
        var document = database.GetCollection(collection).FindById(id);
        change(document);
        database.GetCollection(collection).Update(document);
    }
}
