using MailKit;

namespace ReportScheduler.Delivery;

/// <summary>Notes when the whole message has gone to the server: from then on a lost connection leaves a doubt.</summary>
internal sealed class HandedOver : ITransferProgress
{
    public bool IsWhole { get; private set; }

    public void Report(long bytesTransferred, long totalSize) => IsWhole |= totalSize > 0 && bytesTransferred >= totalSize;

    public void Report(long bytesTransferred)
    {
    }
}
