namespace ReportScheduler.Delivery.Mail;

/// <summary>One way in which messages leave this computer. A new one is a type of
/// this and a line in <see cref="MailTransports"/>.</summary>
internal interface IMailTransport
{
    /// <summary>Whether sending may take long, so that other reports do not wait for it.</summary>
    bool MayTakeLong { get; }

    /// <summary>Whether a mail server is defined to send in this way.</summary>
    bool Serves(ReportMailServer server);

    /// <summary>The place, as in messages: host and port, or the folder.</summary>
    string NameOf(ReportMailServer server);

    /// <summary>Makes what has to be there before the first message.</summary>
    /// <exception cref="ReportException">It cannot be made.</exception>
    void Prepare(ReportMailServer server)
    {
    }

    /// <summary>Tries the way without sending anything.</summary>
    /// <exception cref="ReportException">What is wrong.</exception>
    MailReach Try(MailAccess access, CancellationToken cancel);

    /// <summary>Hands a message over to those of its recipients who have not got it.
    /// Those that are refused are noted; the others have it.</summary>
    /// <exception cref="ReportException">It was not handed over, or nobody knows (MailUncertain).</exception>
    /// <exception cref="OperationCanceledException">It was stopped before the message was handed over.</exception>
    void Send(MailHandover mail, MailAccess access, CancellationToken cancel);

    /// <summary>The folder of this computer that messages are put into; null for none.</summary>
    string? FolderOf(ReportMailServer server) => null;
}
