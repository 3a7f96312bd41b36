using LiteDB;
using LiteDB.Engine;
using ReportScheduler.Text;

namespace ReportScheduler.Store.LiteDb;

/// <summary>LiteDB's engine, given documents whose texts can all be written: half a character would undo the whole change.</summary>
internal sealed class WholeTextEngine(LiteEngine engine) : ILiteEngine
{
    public int Checkpoint() => engine.Checkpoint();

    public long Rebuild(RebuildOptions options) => engine.Rebuild(options);

    public bool BeginTrans() => engine.BeginTrans();

    public bool Commit() => engine.Commit();

    public bool Rollback() => engine.Rollback();

    public IBsonDataReader Query(string collection, Query query) => engine.Query(collection, query);

    public int Insert(string collection, IEnumerable<BsonDocument> docs, BsonAutoId autoId) =>
        engine.Insert(collection, docs.Select(Whole), autoId);

    public int Update(string collection, IEnumerable<BsonDocument> docs) => engine.Update(collection, docs.Select(Whole));

    public int UpdateMany(string collection, BsonExpression transform, BsonExpression predicate) =>
        engine.UpdateMany(collection, transform, predicate);

    public int Upsert(string collection, IEnumerable<BsonDocument> docs, BsonAutoId autoId) =>
        engine.Upsert(collection, docs.Select(Whole), autoId);

    public int Delete(string collection, IEnumerable<BsonValue> ids) => engine.Delete(collection, ids);

    public int DeleteMany(string collection, BsonExpression predicate) => engine.DeleteMany(collection, predicate);

    public bool DropCollection(string name) => engine.DropCollection(name);

    public bool RenameCollection(string name, string newName) => engine.RenameCollection(name, newName);

    public bool EnsureIndex(string collection, string name, BsonExpression expression, bool unique) =>
        engine.EnsureIndex(collection, name, expression, unique);

    public bool DropIndex(string collection, string name) => engine.DropIndex(collection, name);

    public BsonValue Pragma(string name) => engine.Pragma(name);

    public bool Pragma(string name, BsonValue value) => engine.Pragma(name, value);

    public void Dispose() => engine.Dispose();

    private static BsonDocument Whole(BsonDocument document)
    {
        foreach (var (name, value) in document.ToList())
        {
            var (wholeName, whole) = (WholeText.Of(name), Whole(value));
            if (!ReferenceEquals(name, wholeName))
            {
                document.Remove(name);
            }

            if (!ReferenceEquals(name, wholeName) || !ReferenceEquals(value, whole))
            {
                document[wholeName] = whole;
            }
        }

        return document;
    }

    private static BsonValue Whole(BsonValue value)
    {
        switch (value)
        {
            case BsonDocument document:
                return Whole(document);
            case BsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var whole = Whole(items[i]);
                    if (!ReferenceEquals(items[i], whole))
                    {
                        items[i] = whole;
                    }
                }

                return items;
            case { IsString: true } when !WholeText.Is(value.AsString):
                return new BsonValue(WholeText.Of(value.AsString));
            default:
                return value;
        }
    }
}
