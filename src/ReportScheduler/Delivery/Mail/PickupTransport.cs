namespace ReportScheduler.Delivery.Mail;

/// <summary>A folder from which another program takes messages.</summary>
internal sealed class PickupTransport : IMailTransport
{
    public bool MayTakeLong => false;

    public bool Serves(ReportMailServer server) => server.PickupDirectory is not null;

    public string NameOf(ReportMailServer server) => FolderOf(server)!;

    public string? FolderOf(ReportMailServer server) => server.PickupDirectory;

    public void Prepare(ReportMailServer server) => PickupFolder.Create(server.PickupDirectory!);

    public MailReach Try(MailAccess access, CancellationToken cancel)
    {
        PickupFolder.Check(access.Server.PickupDirectory!);
        return default;
    }

    public void Send(MailHandover mail, MailAccess access, CancellationToken cancel)
    {
        // what takes the mails from there has a limit too, which only people know
        using var message = mail.Message.Fit(access.Server.MaxMessageSize).Message;
        var blind = mail.Recipients.Where(recipient => recipient.Kind == RecipientKind.Bcc).Select(recipient => recipient.Address);
        mail.Confirm();
        PickupFolder.Put(message, blind, access.Server.PickupDirectory!);
    }
}
