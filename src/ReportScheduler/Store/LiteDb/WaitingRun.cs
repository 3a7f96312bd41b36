using LiteDB;

namespace ReportScheduler.Store.LiteDb;

/// <summary>A run that waits for a runner.</summary>
/// <param name="document">Its document in the store; null for one that was planned this moment and is not written yet.</param>
/// <param name="planned">That one; null for one of the store.</param>
internal sealed class WaitingRun(BsonDocument? document, ReportRun? planned)
{
    public BsonDocument? Document => document;

    /// <summary>The run; null for one of the store before <see cref="TryRead"/>.</summary>
    public ReportRun? Run { get; private set; } = planned;

    public string Id => Run?.Id ?? document!["_id"].AsString;

    public string TaskId => Run?.TaskId ?? document![nameof(ReportRun.TaskId)].AsString;

    /// <summary>Those of the store and those that were planned, the oldest due first.</summary>
    public static IEnumerable<WaitingRun> Merge(IEnumerable<BsonDocument> kept, IReadOnlyList<ReportRun> planned)
    {
        var next = 0;
        foreach (var document in kept)
        {
            for (; next < planned.Count && document[StoreSchema.WaitAt] > planned[next].DueAt.UtcTicks; next++)
            {
                yield return new WaitingRun(null, planned[next]);
            }

            yield return new WaitingRun(document, null);
        }

        for (; next < planned.Count; next++)
        {
            yield return new WaitingRun(null, planned[next]);
        }
    }

    /// <returns>False for one that this version cannot read.</returns>
    public bool TryRead()
    {
        if (Run is null && StoreRecords.TryReadRun(document!, out var run, out _))
        {
            Run = run;
        }

        return Run is not null;
    }

    public void GiveTo(string owner, DateTimeOffset now)
    {
        (Run!.Owner, Run.HeartbeatAt) = (owner, now);
        if (document is not null)
        {
            document[StoreSchema.Owner] = owner;
            document.Remove(StoreSchema.WaitAt);
        }
    }
}
