using System.Collections.Concurrent;
using System.Diagnostics;
using LiteDB;
using ReportScheduler.Files;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Definitions that were read a moment ago, as long as nobody changed one: a report
/// asks for the same ones again and again.</summary>
/// <remarks>The stamp is read before the store. Whoever changes a definition renews it under the lock before the change, so what is
/// kept under a stamp that is still the same is what the store has.</remarks>
internal sealed class DefinitionCache(DefinitionStamp stamp)
{
    /// <summary>For the length of a step of a report. A file that people put in the store's place has the stamp of the old one.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>What <paramref name="read"/> gives, or gave a moment ago. The documents are everybody's:
    /// they are read and not changed.</summary>
    public IReadOnlyList<BsonDocument> Get(string key, Func<IReadOnlyList<BsonDocument>> read)
    {
        var now = stamp.Read();
        if (kept.TryGetValue(key, out var before) && before.Stamp == now && Stopwatch.GetElapsedTime(before.ReadAt) < Fresh)
            return before.Documents;
        var (readAt, documents) = (Stopwatch.GetTimestamp(), read());
        if (kept.Count >= Most)
            kept.Clear();
        kept[key] = new Kept(now, readAt, documents);
        return documents;
    }

    private sealed record Kept(long Stamp, long ReadAt, IReadOnlyList<BsonDocument> Documents);
}
