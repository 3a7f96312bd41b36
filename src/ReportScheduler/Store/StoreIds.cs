namespace ReportScheduler.Store;

/// <summary>What tells a store from all others.</summary>
internal static class StoreIds
{
    /// <summary>The id of a store, made where it has none yet.</summary>
    public static string Of(IReportStore store)
    {
        if (store.GetMark(StoreMark.Id) is { } known)
        {
            return known;
        }

        store.SetMark(StoreMark.Id, Guid.NewGuid().ToString("N"));
        // another process may have been quicker
        return store.GetMark(StoreMark.Id)!;
    }
}
