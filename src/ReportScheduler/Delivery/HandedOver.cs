using MailKit;

namespace ReportScheduler.Delivery;

/// <summary>Tells that the conversation goes on, and notes when the last line of a message, the single dot, has gone to the server: from then on a lost connection leaves a doubt.</summary>
/// <remarks>It listens where MailKit offers a log of the conversation, and keeps nothing of it.</remarks>
internal sealed class HandedOver : IProtocolLogger
{
    private static readonly byte[] Data = "DATA\r\n"u8.ToArray();
    private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();

    private bool inMessage;
    private int matched;

    public bool IsWhole { get; private set; }

    /// <summary>Called whenever one side said something.</summary>
    public Action? Heard { get; set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        Heard?.Invoke();
        var sent = buffer.AsSpan(offset, count);
        if (!inMessage)
        {
            (inMessage, matched) = (sent.SequenceEqual(Data), 0);
            return;
        }

        foreach (var letter in sent)
        {
            matched = letter == End[matched] ? matched + 1 : letter == End[0] ? 1 : 0;
            if (matched == End.Length)
            {
                (IsWhole, inMessage) = (true, false);
                return;
            }
        }
    }

    public void LogServer(byte[] buffer, int offset, int count) => Heard?.Invoke();

    public void Dispose()
    {
    }
}
