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

    /// <summary>What is other in all parts, in the language of the report; null before they are complete.</summary>
    string? Changes { get; }

    /// <summary>The keys that had rows the last time and have none now.</summary>
    /// <param name="keys">The keys of now.</param>
    /// <param name="isWanted">Whether a key was asked for; null for all.</param>
    IReadOnlyList<RowKey> Gone(RowKeys keys, Func<string, bool>? isWanted);

    /// <summary>Begins a part. What it gives looks at its rows.</summary>
    IRowWatcher Begin(string key);

    /// <summary>The rows of the part were read: adds what is new, gone and other to it.</summary>
    /// <returns>Whether it is to be sent.</returns>
    bool End(ReportExport export, CancellationToken cancel);

    /// <summary>All parts were made that were asked for.</summary>
    /// <param name="isWanted">Whether a key was asked for; null for all.</param>
    void Complete(Func<string, bool>? isWanted);
}
