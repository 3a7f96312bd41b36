namespace ReportScheduler.Store.LiteDb;

/// <summary>LiteDB's log in memory: what is in the log file already, and what an operation adds to it.</summary>
/// <remarks>When LiteDB has copied it into the pages it empties it; what was in it is kept, to be written before the pages are.</remarks>
internal sealed class StoreLog(StackUse stack) : MemoryStream
{
    /// <summary>What the log held when it was emptied; null while it was not.</summary>
    public byte[]? Copied { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        stack.Check();
        return base.Read(buffer, offset, count);
    }

    public override void SetLength(long value)
    {
        if (value == 0 && Length > 0)
        {
            Copied = Copied is null ? ToArray() : [.. Copied, .. ToArray()];
        }

        base.SetLength(value);
    }
}
