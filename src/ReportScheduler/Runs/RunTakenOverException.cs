namespace ReportScheduler.Runs;

/// <summary>The run is another process's by now: what this one knows of it counts no more.</summary>
internal sealed class RunTakenOverException : ReportException
{
    internal RunTakenOverException(string errorId, string task, string message)
        : base(errorId, ReportErrorCategory.ResourceBusy, task, message)
    {
    }
}
