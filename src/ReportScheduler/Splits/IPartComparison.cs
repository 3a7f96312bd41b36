using ReportScheduler.Exports;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Splits;

/// <summary>Compares the parts of a split report, one after the other, with what their readers got last. The split
/// need not know how results are kept.</summary>
internal interface IPartComparison
{
    /// <summary>Whether a part is to be sent, of those that were made.</summary>
    bool IsSent { get; }

    /// <summary>The keys that had rows the last time and have none now.</summary>
    IReadOnlyList<RowKey> Gone(RowKeys keys);

    /// <summary>Begins a part. What it gives looks at its rows.</summary>
    IRowWatcher Begin(string key);

    /// <summary>The rows of the part were read: adds what is new, gone and other to it.</summary>
    /// <returns>Whether it is to be sent.</returns>
    bool End(ReportExport export, CancellationToken cancel);

    /// <summary>All parts were made.</summary>
    void Complete();
}
