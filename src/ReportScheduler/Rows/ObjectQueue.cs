using System.Collections.Concurrent;

namespace ReportScheduler.Rows;

/// <summary>The objects on their way from the thread that gives them to the one that
/// reads. There are only so many: who is ahead waits here.</summary>
internal sealed class ObjectQueue : IDisposable
{
    private const int Limit = 1024;

    private readonly BlockingCollection<ObjectRow> rows = new(Limit);
    private Exception? failure;

    /// <summary>Waits until there is room.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Add(ObjectRow row, CancellationToken cancel) => rows.Add(row, cancel);

    /// <summary>There are no more.</summary>
    /// <param name="problem">Why; null when that is all.</param>
    public void Complete(Exception? problem = null)
    {
        failure = problem;
        rows.CompleteAdding();
    }

    /// <summary>The next one; null when there are no more.</summary>
    /// <exception cref="ReportException">The objects ended with a problem.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ObjectRow? Take(CancellationToken cancel)
    {
        if (rows.TryTake(out var row, Timeout.Infinite, cancel))
        {
            return row;
        }

        return failure is null ? null : throw failure;
    }

    public void Dispose() => rows.Dispose();
}
