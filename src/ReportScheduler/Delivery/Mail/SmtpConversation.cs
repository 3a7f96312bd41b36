using System.Text;
using MailKit;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Follows a conversation with a mail server: when it goes on, when an answer grows without end, and when the last line of
/// a message, the single dot, has gone to the server: from then on a lost connection leaves a doubt.</summary>
/// <remarks>It listens where MailKit offers a log of the conversation, and keeps nothing of it.</remarks>
/// <param name="server">Host and port, for messages.</param>
internal sealed class SmtpConversation(string server) : IProtocolLogger
{
    /// <summary>RFC 5321 section 4.5.3.1.5 allows 512 bytes a line; a greeting has a few dozen lines.</summary>
    public const int LongestReply = 64 * 1024;

    private static readonly byte[] Data = "DATA\r\n"u8.ToArray();
    private static readonly byte[] Login = "AUTH "u8.ToArray();
    private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();

    private bool inMessage;
    private int matched;
    private int replied;
    private int column;
    private bool isLastLine;

    public bool IsWhole { get; private set; }

    /// <summary>The SASL mechanism of the last login; null before one.</summary>
    public string? Mechanism { get; private set; }

    /// <summary>Called when the client has said something, or the server has finished
    /// an answer. Single bytes of one are no progress.</summary>
    public Action? WentOn { get; set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        Follow(buffer.AsSpan(offset, count));
        WentOn?.Invoke();
    }

    /// <exception cref="ReportException">The answer is longer than any mail server's.</exception>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        foreach (var letter in buffer.AsSpan(offset, count))
        {
            if (++replied > LongestReply)
            {
                throw MailErrors.MailReplyTooLong(server, LongestReply);
            }

            if (letter == '\n')
            {
                EndLine();
            }
            else if (++column == 4)
            {
                isLastLine = letter != '-';
            }
        }
    }

    public void Dispose()
    {
    }

    private void Follow(ReadOnlySpan<byte> sent)
    {
        if (!inMessage)
        {
            (inMessage, matched) = (sent.SequenceEqual(Data), 0);
            if (sent.StartsWith(Login))
            {
                var name = sent[Login.Length..];
                Mechanism = Encoding.ASCII.GetString(name[..(name.IndexOfAny(" \r"u8) is var end and >= 0 ? end : name.Length)]);
            }

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

    private void EndLine()
    {
        column = 0;
        if (isLastLine)
        {
            replied = 0;
            WentOn?.Invoke();
        }
    }
}
