using LiteDB;
using ReportScheduler.Text;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Documents whose texts can all be written: half a character would undo the whole change.</summary>
internal static class WholeDocument
{
    /// <returns>The document, changed where it has to be.</returns>
    public static BsonDocument Of(BsonDocument document)
    {
        foreach (var (name, value) in document.ToList())
        {
            var (wholeName, whole) = (WholeText.Of(name), Of(value));
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

    private static BsonValue Of(BsonValue value)
    {
        switch (value)
        {
            case BsonDocument document:
                return Of(document);
            case BsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var whole = Of(items[i]);
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
