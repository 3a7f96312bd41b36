using System.Runtime.ExceptionServices;

namespace ReportScheduler.Sources;

/// <summary>Bounds the calls of a database client: a server that falls silent, or sends
/// a byte now and then, could keep one busy for hours.</summary>
/// <remarks>
/// The calls are made on another thread. One that does not come back although it was asked to is left to itself, and its
/// connection is not used any more: no client lets another thread close a connection that is being read.
/// </remarks>
internal sealed class CallLimit : IDisposable
{
    /// <summary>How long a client has to come back after it was told to stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource over = new();
    private readonly CancellationToken cancel;
    private readonly CancellationTokenRegistration registration;

    /// <param name="timeout">What the client itself was told; it has twice the grace more than that.</param>
    /// <param name="cancel">Tells the client to stop.</param>
    public CallLimit(TimeSpan timeout, CancellationToken cancel)
    {
        this.cancel = cancel;
        over.CancelAfter(timeout + Grace + Grace);
        registration = cancel.Register(() => over.CancelAfter(Grace));
    }

    /// <summary>A call did not come back.</summary>
    public bool IsAbandoned => Abandoned is not null;

    /// <summary>The call that did not come back; null for none.</summary>
    public Task? Abandoned { get; private set; }

    /// <summary>Waits for something that may not come back, and for no longer than the grace.</summary>
    /// <returns>Whether it came back. What it threw until then is thrown here.</returns>
    public static bool Try(Action call)
    {
        var ended = Task.Run(call);
        Observe(ended);
        var isBack = Task.WaitAny([ended], Grace) == 0;
        if (isBack)
        {
            ended.GetAwaiter().GetResult();
        }

        return isBack;
    }

    /// <exception cref="OperationCanceledException">It did not come back after the token had been cancelled.</exception>
    /// <exception cref="TimeoutException">It did not come back in time.</exception>
    public T Run<T>(Func<T> call)
    {
        var running = Task.Run(call, CancellationToken.None);
        try
        {
            running.Wait(over.Token);
        }
        catch (OperationCanceledException ended) when (!running.IsCompleted)
        {
            Abandoned = running;
            Observe(running);
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException("The server has fallen silent.", ended);
        }
        catch (AggregateException problem)
        {
            ExceptionDispatchInfo.Throw(problem.InnerException!);
        }

        return running.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        registration.Dispose();
        over.Dispose();
    }

    private static void Observe(Task task) =>
        _ = task.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
}
