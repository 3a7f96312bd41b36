using System.Collections.Concurrent;
using ReportScheduler.Exports.Writing;

namespace ReportScheduler.Exports;

/// <summary>A writer on a thread of its own, which takes its steps one after another.</summary>
internal sealed class WriterLane : IDisposable
{
    private readonly BlockingCollection<Action<IReportWriter>> steps = [];
    private readonly Thread thread;

    /// <param name="path">The file, as named in an error.</param>
    /// <param name="create">Makes the writer, on the new thread.</param>
    /// <param name="failed">Is called on the new thread when a step throws; no further step is taken.</param>
    /// <param name="stop">Ends the lane before its next step.</param>
    public WriterLane(string path, Func<IReportWriter> create, Action<Exception> failed, CancellationToken stop)
    {
        thread = new Thread(() => Run(path, create, failed, stop)) { IsBackground = true, Name = Path.GetFileName(path) };
        thread.Start();
    }

    /// <summary>The files, once the writer has completed them.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    public void Post(Action<IReportWriter> step) => steps.Add(step);

    /// <summary>Completes the writer's files after the steps posted so far.</summary>
    public void PostComplete(CancellationToken stop) => steps.Add(writer => Files = writer.Complete(stop), CancellationToken.None);

    /// <summary>Waits until all steps are taken, or the lane has failed or was stopped.</summary>
    public void Join()
    {
        steps.CompleteAdding();
        thread.Join();
    }

    public void Dispose()
    {
        Join();
        steps.Dispose();
    }

    private void Run(string path, Func<IReportWriter> create, Action<Exception> failed, CancellationToken stop)
    {
        // Nothing may escape from a thread: it would end the process.
        try
        {
            using var writer = create();
            foreach (var step in steps.GetConsumingEnumerable(stop))
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
}
