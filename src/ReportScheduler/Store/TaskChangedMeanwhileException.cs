namespace ReportScheduler.Store;

/// <summary>The task is another one by now than the one that was read.</summary>
internal sealed class TaskChangedMeanwhileException : ReportException
{
    internal TaskChangedMeanwhileException(string errorId, string? target, string message)
        : base(errorId, ReportErrorCategory.ResourceBusy, target, message)
    {
    }
}
