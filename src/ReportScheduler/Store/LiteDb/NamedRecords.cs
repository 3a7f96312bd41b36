using LiteDB;
using ReportScheduler.Files;

namespace ReportScheduler.Store.LiteDb;

/// <summary>A collection of things that only their name identifies.</summary>
internal sealed class NamedRecords<T>(LiteStoreFile file, DefinitionStamp stamp, DefinitionCache cache, string collection,
    Func<T, string> nameOf) : INamedRecords<T>
    where T : class
{
    private static readonly string Noun = typeof(T).Name;

    public IReadOnlyList<T> All() =>
    [
        .. cache.Get(collection, () => file.Read(database => database.GetCollection(collection).Query().OrderBy("_id").ToList()))
            .Select(document => StoreRecords.TryRead<T>(document, out var thing, out _) ? thing : null)
            .OfType<T>(),
    ];

    public IReadOnlyList<UnreadableRecord> Unreadable() => file.Read(database =>
        database.GetCollection(collection).FindAll()
            .Select(document => StoreRecords.TryRead<T>(document, out _, out var problem)
                ? null
                : new UnreadableRecord(Noun, document["Name"].AsString ?? document["_id"].AsString, problem))
            .OfType<UnreadableRecord>()
            .ToList());

    /// <exception cref="ReportException">RecordNotReadable when it is there and cannot be read.</exception>
    public T? Find(string name) =>
        cache.Get($"{collection}/{StoreKeys.OfName(name)}", () => file.Read(database => Found(database, name))) is not [var document] ? null
            : StoreRecords.TryRead<T>(document, out var thing, out var problem) ? thing
            : throw StoreErrors.RecordNotReadable(Noun, name, problem);

    public void Put(T thing, PutMode mode)
    {
        var name = nameOf(thing);
        StoreKeys.CheckName(Noun, name);
        var document = StoreMapper.Write(thing);
        document["_id"] = StoreKeys.OfName(name);
        file.Change(
            database =>
            {
                var things = database.GetCollection(collection);
                var isThere = things.FindById(document["_id"]) is not null;
                PutRules.Check(mode, isThere, Noun, name);
                return things.Upsert(document);
            },
            stamp.Renew);
    }

    public bool Change(T was, T now)
    {
        var document = StoreMapper.Write(now);
        document["_id"] = StoreKeys.OfName(nameOf(now));
        return file.Change(
            database =>
            {
                var things = database.GetCollection(collection);
                return things.FindById(document["_id"]) is { } kept && StoreRecords.TryRead<T>(kept, out var thing, out _)
                    && TextOf(thing) == TextOf(was) && things.Update(document);
            },
            stamp.Renew);
    }

    public bool Remove(string name) => file.Change(
        database => database.GetCollection(collection).Delete(StoreKeys.OfName(name)), stamp.Renew);

    private static string TextOf(T thing) => JsonSerializer.Serialize(StoreMapper.Write(thing));

    private BsonDocument[] Found(LiteDatabase database, string name) =>
        database.GetCollection(collection).FindById(StoreKeys.OfName(name)) is { } document ? [document] : [];
}
