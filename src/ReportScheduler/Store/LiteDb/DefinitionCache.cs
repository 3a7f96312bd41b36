using System.Collections.Concurrent;
using LiteDB;
using ReportScheduler.Files;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Definitions that were read before, as long as nobody changed one: reports ask for the same ones again and again.</summary>
/// <remarks>
/// The stamp is read before the store. Whoever changes a definition renews it under the lock before the change, so what is
/// kept under a stamp that is still the same is what the store has. A file that people put in the store's place has the
/// stamp of the old one beside it, but another number in it, which is noticed when it is next opened for anything.
/// </remarks>
/// <param name="stamp">The stamp beside the store.</param>
/// <param name="seen">The number that the store had in it when it was last open.</param>
internal sealed class DefinitionCache(DefinitionStamp stamp, Func<long> seen)
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>What <paramref name="read"/> gives, or gave before. The documents are everybody's:
    /// they are read and not changed.</summary>
    public IReadOnlyList<BsonDocument> Get(string key, Func<IReadOnlyList<BsonDocument>> read)
    {
        var (now, number) = (stamp.Read(), seen());
        if (kept.TryGetValue(key, out var before) && before.Stamp == now && before.Seen == number)
        {
            return before.Documents;
        }

        var documents = read();
        // not known to be of that number: another thread may have opened another file meanwhile
        if (seen() != number)
        {
            return documents;
        }

        if (kept.Count >= Most)
        {
            kept.Clear();
        }

        kept[key] = new Kept(now, number, documents);
        return documents;
    }

    private sealed record Kept(long Stamp, long Seen, IReadOnlyList<BsonDocument> Documents);
}
