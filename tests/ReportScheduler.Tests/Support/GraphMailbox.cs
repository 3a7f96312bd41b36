using MimeKit;

namespace ReportScheduler.Tests.Support;

/// <summary>A message in the mailbox of the stand-in.</summary>
internal sealed class GraphMailbox(string id, MimeMessage? message, string messageId)
{
    public string Id { get; } = id;

    /// <summary>The message as it was given as MIME; null for JSON.</summary>
    public MimeMessage? Message { get; } = message;

    /// <summary>With the brackets.</summary>
    public string MessageId { get; } = messageId;

    public bool IsDraft { get; set; } = true;

    /// <summary>Whether it goes when it was sent.</summary>
    public bool IsNotKept { get; set; }

    public List<(string Id, string Name, byte[] Bytes)> Files { get; } = [];
}
