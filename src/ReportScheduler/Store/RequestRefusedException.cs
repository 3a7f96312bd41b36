namespace ReportScheduler.Store;

/// <summary>A request has the key of another one, or of one whose run is gone.</summary>
internal sealed class RequestRefusedException : ReportException
{
    internal RequestRefusedException(string errorId, string? target, string message)
        : base(errorId, ReportErrorCategory.ResourceExists, target, message)
    {
    }
}
