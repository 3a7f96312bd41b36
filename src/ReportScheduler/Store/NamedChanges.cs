namespace ReportScheduler.Store;

/// <summary>Changes things that their name identifies.</summary>
internal static class NamedChanges
{
    /// <summary>Changes a thing that is there. What another process changes at the same moment stays: then the change is made to
    /// that.</summary>
    /// <param name="records">The things of its kind.</param>
    /// <param name="was">The thing as it was read.</param>
    /// <param name="now">The same, changed.</param>
    /// <param name="read">Reads it; an error where it is gone.</param>
    /// <param name="change">Changes what was read; it is called for each change of another process.</param>
    public static void Update<T>(this INamedRecords<T> records, T was, T now, Func<T> read, Action<T> change)
        where T : class
    {
        while (!records.Change(was, now))
        {
            (was, now) = (read(), read());
            change(now);
        }
    }
}
