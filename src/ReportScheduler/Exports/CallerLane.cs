using ReportScheduler.Exports.Writing;

namespace ReportScheduler.Exports;

/// <summary>A writer on the thread of its caller: for few rows, which are written sooner than another thread is at work.</summary>
/// <param name="path">The file, as named in an error.</param>
/// <param name="create">Makes the writer, before the first step.</param>
/// <param name="failed">Is called when a step throws; no further step is taken.</param>
/// <param name="stop">Ends the lane before its next step.</param>
internal sealed class CallerLane(string path, Func<IReportWriter> create, Action<Exception> failed, CancellationToken stop) : IWriterLane
{
    private IReportWriter? writer;
    private bool isOver;

    public bool IsData { get; init; }

    public bool HasFilePerDataset { get; init; }

    public IReadOnlyList<string> Files { get; private set; } = [];

    public void Post(Action<IReportWriter> step)
    {
        if (isOver)
        {
            return;
        }

        try
        {
            stop.ThrowIfCancellationRequested();
            step(writer ??= create());
        }
        catch (Exception error)
        {
            // the export stops its other writers, and throws it when they have stopped
            isOver = true;
            failed(error is IOException or UnauthorizedAccessException ? ExportErrors.FileNotWritten(path, error) : error);
        }
    }

    public void PostComplete(CancellationToken stop) => Post(writer => Files = writer.Complete(stop));

    public void Join()
    {
    }

    public void Dispose()
    {
        isOver = true;
        writer?.Dispose();
        writer = null;
    }
}
