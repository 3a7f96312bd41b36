namespace ReportScheduler.Store;

/// <summary>A definition is in the store and this version cannot read it.</summary>
internal sealed class RecordNotReadableException : ReportException
{
    internal RecordNotReadableException(string errorId, string? target, string message)
        : base(errorId, ReportErrorCategory.InvalidData, target, message)
    {
    }
}
