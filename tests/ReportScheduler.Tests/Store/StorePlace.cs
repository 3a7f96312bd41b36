using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store;

/// <summary>One empty store of one kind, with a clock that stands still until it is set.</summary>
public abstract class StorePlace : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store as another process would open it.</summary>
    internal abstract IReportStore Open();

    /// <summary>Sets the clock that the store goes by.</summary>
    public abstract void SetClock(DateTimeOffset now);

    /// <summary>Changes a member of a record behind the store's back; null removes it.</summary>
    /// <param name="kind">ReportTask or ReportConnection.</param>
    /// <param name="key">The id of a task, the name of a connection in upper case.</param>
    /// <param name="member">The name of the member.</param>
    /// <param name="value">What it holds then: text or a whole number.</param>
    public abstract void Edit(string kind, string key, string member, object? value);

    public abstract void Dispose();
}
