using ReportScheduler.Exports.Writing;

namespace ReportScheduler.Exports;

/// <summary>A writer on a thread of its own, which takes its steps one after another.</summary>
internal sealed class WriterLane : IWriterLane
{
    private readonly Queue<Action<IReportWriter>> steps = new();
    private readonly Thread thread;
    private bool isClosed;

    /// <param name="path">The file, as named in an error.</param>
    /// <param name="create">Makes the writer, on the new thread.</param>
    /// <param name="failed">Is called on the new thread when a step throws; no further step is taken.</param>
    /// <param name="stop">Ends the lane before its next step.</param>
    public WriterLane(string path, Func<IReportWriter> create, Action<Exception> failed, CancellationToken stop)
    {
        thread = new Thread(() => Run(path, create, failed, stop)) { IsBackground = true, Name = Path.GetFileName(path) };
        thread.Start();
    }

    public bool IsData { get; init; }

    public bool HasFilePerDataset { get; init; }

    public IReadOnlyList<string> Files { get; private set; } = [];

    public void Post(Action<IReportWriter> step)
    {
        lock (steps)
        {
            steps.Enqueue(step);
            Monitor.Pulse(steps);
        }
    }

    public void PostComplete(CancellationToken stop) => Post(writer => Files = writer.Complete(stop));

    public void Join()
    {
        lock (steps)
        {
            isClosed = true;
            Monitor.Pulse(steps);
        }

        thread.Join();
    }

    public void Dispose() => Join();

    private void Run(string path, Func<IReportWriter> create, Action<Exception> failed, CancellationToken stop)
    {
        // Nothing may escape from a thread: it would end the process.
        try
        {
            using var wake = stop.UnsafeRegister(Wake, steps);
            using var writer = create();
            while (Next(stop) is { } step)
            {
                step(writer);
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            failed(ExportErrors.FileNotWritten(path, error));
        }
        catch (Exception error)
        {
            failed(error);
        }
    }

    /// <summary>The next step; null when there are no more.</summary>
    private Action<IReportWriter>? Next(CancellationToken stop)
    {
        lock (steps)
        {
            while (steps.Count == 0 && !isClosed && !stop.IsCancellationRequested)
            {
                Monitor.Wait(steps);
            }

            stop.ThrowIfCancellationRequested();
            return steps.TryDequeue(out var step) ? step : null;
        }
    }

    private static void Wake(object? gate)
    {
        lock (gate!)
        {
            Monitor.Pulse(gate);
        }
    }
}
