using LiteDB;

namespace ReportScheduler.Store.LiteDb;

/// <summary>How deep the records of a store from elsewhere are nested.</summary>
/// <remarks>
/// LiteDB reads a record by calling itself for each level, and .NET ends the process when the stack is used up. So a store that
/// was not written here is read once on a stack that is enough for the largest record LiteDB has.
/// </remarks>
internal static class StoreDepth
{
    /// <summary>Records of this module have less than ten levels.</summary>
    public const int Most = 100;

    // a record has 16 MB at most, and a level takes seven bytes of them at least
    private const int Stack = 1 << 30;

    /// <param name="path">The store file.</param>
    /// <param name="shown">Its path in an error.</param>
    /// <exception cref="ReportException">StoreNotReadable, also for any other damage.</exception>
    public static void Check(string path, string shown)
    {
        ReportException? problem = null;
        var reading = new Thread(() => problem = Read(path, shown), Stack);
        reading.Start();
        reading.Join();
        if (problem is not null)
        {
            throw problem;
        }
    }

    public static bool IsDeep(BsonValue record) => IsDeeper(record, Most);

    // each record that is read comes by here
    private static bool IsDeeper(BsonValue value, int levels)
    {
        if (levels == 0)
        {
            return value.IsDocument || value.IsArray;
        }

        if (value is BsonDocument document)
        {
            foreach (var (_, part) in document)
            {
                if (part.Type is BsonType.Document or BsonType.Array && IsDeeper(part, levels - 1))
                {
                    return true;
                }
            }
        }
        else if (value is BsonArray items)
        {
            return items.Any(part => IsDeeper(part, levels - 1));
        }

        return false;
    }

    private static ReportException? Read(string path, string shown)
    {
        try
        {
            using var operation = StoreOperation.Open(path, StackUse.Unlimited);
            var isDeep = operation.Database.GetCollectionNames().ToList()
                .Exists(name => operation.Database.GetCollection(name).FindAll().Any(record => IsDeep(record)));
            return isDeep ? LiteDbErrors.StoreNotReadable(shown, new InvalidDataException($"A record has more than {Most} levels.")) : null;
        }
#pragma warning disable CA1031 // On damaged pages LiteDB comes to exceptions of many kinds.
        catch (Exception broken)
        {
            return LiteDbErrors.StoreNotReadable(shown, broken);
        }
#pragma warning restore CA1031
    }
}
