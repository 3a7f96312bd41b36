using System.Collections.Concurrent;

namespace ReportScheduler.Runs;

/// <summary>What happens on the threads of a runner, in order, until its caller's thread takes it.</summary>
internal sealed class RunnerEvents : IDisposable
{
    private readonly BlockingCollection<RunnerEvent> queue = [];

    public bool IsEmpty => queue.Count == 0;

    /// <summary>Also for threads that the runner left behind when it ended.</summary>
    public void Post(RunnerEvent happened)
    {
        try
        {
            queue.Add(happened);
        }
        catch (ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    /// <summary>Hands events to the caller until the time is over or there was one; a free worker is worth a pass at once.</summary>
    public void Pump(Action<RunnerEvent> onEvent, TimeSpan wait, CancellationToken stop)
    {
        try
        {
            if (queue.TryTake(out var first, (int)Math.Ceiling(wait.TotalMilliseconds), stop))
            {
                onEvent(first);
                while (queue.TryTake(out var more))
                {
                    onEvent(more);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop sees it.
        }
    }

    public void Dispose() => queue.Dispose();
}
