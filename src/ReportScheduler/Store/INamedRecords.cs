namespace ReportScheduler.Store;

/// <summary>The things of a kind that their name identifies, without regard to case.</summary>
internal interface INamedRecords<T>
    where T : class
{
    /// <summary>In the order of their names, without those that cannot be read (see <see cref="IReportStore.GetUnreadable"/>).</summary>
    IReadOnlyList<T> All();

    /// <summary>Null when there is none of that name.</summary>
    /// <exception cref="ReportException">RecordNotReadable when it is there and cannot be read.</exception>
    T? Find(string name);

    /// <exception cref="ReportException">NameTaken, NotFound or NameNotUsable.</exception>
    void Put(T thing, PutMode mode);

    /// <summary>Writes a thing in the place of what was read.</summary>
    /// <returns>False, and nothing is written, when that is gone or another one by now.</returns>
    bool Change(T was, T now);

    /// <returns>False when there was none of that name.</returns>
    bool Remove(string name);
}
