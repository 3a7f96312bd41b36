namespace ReportScheduler.Delivery.Mail;

internal static class MailErrors
{
    private const int LongestAnswer = 500;

    public static ReportException AddressNeedsSplit(string address, string member) =>
        new(nameof(AddressNeedsSplit), ReportErrorCategory.InvalidArgument, address,
            $"'{address}' in -{member} is a template, and only a split report makes its addresses. "
                + "Give -SplitBy, the column whose values the parts are made for, or an address.");

    public static ReportException MailServerSilent(string server, Exception inner) =>
        new(nameof(MailServerSilent), ReportErrorCategory.OperationTimeout, server,
            $"The mail server '{server}' does not answer in the time allowed. Check host, port and firewall; "
                + $"Test-ReportMailServer tests it again: {Said(inner.Message)}", inner)
        { IsTransient = true };

    // a sign that turns the direction of writing would turn the message
    private static string WithoutHidden(string text) =>
        string.Concat(text.Where(sign => char.GetUnicodeCategory(
            sign) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Control)));

    public static ReportException AddressNotUsable(string address, string reason) =>
        new(nameof(AddressNotUsable), ReportErrorCategory.InvalidArgument, address,
            $"'{WithoutHidden(address)}' is not a mail address: {reason}. Give one address such as ada@example.com or 'Ada "
                + "<ada@example.com>'.");

    public static ReportException SubjectNotUsable(string subject) =>
        new(nameof(SubjectNotUsable), ReportErrorCategory.InvalidData, subject,
            "The subject would have more than one line. Correct the template of -Subject.");

    public static ReportException AttachmentMissing(string path) =>
        new(nameof(AttachmentMissing), ReportErrorCategory.ObjectNotFound, path,
            $"The message does not carry the file '{path}' that it was made for. Run the report again with Invoke-ReportTask.");

    public static ReportException AttachmentNotReadable(string path, Exception inner) =>
        new(nameof(AttachmentNotReadable), ReportErrorCategory.ReadError, path,
            $"The file '{path}' could not be put in the mail. Run the report again with Invoke-ReportTask: {inner.Message}", inner);

    public static ReportException MessageNotWritten(string path, Exception inner) =>
        new(nameof(MessageNotWritten), ReportErrorCategory.WriteError, path,
            $"The message could not be saved as '{path}'. Check that the disk has space and that this account may write there: "
                + $"{inner.Message}", inner);

    public static ReportException MessageNotReadable(string path, Exception inner) =>
        new(nameof(MessageNotReadable), ReportErrorCategory.ReadError, path,
            $"The saved message '{path}' cannot be read. Run the report again with Invoke-ReportTask: {inner.Message}", inner);

    public static ReportException MessageTooLarge(
        string server, long size, long limit, IReadOnlyCollection<ReportDelivery> drops, bool isWithoutFiles) =>
        new(nameof(MessageTooLarge), ReportErrorCategory.InvalidData, server,
            $"The message has {size:N0} bytes {(isWithoutFiles ? "without its files" : "with its files zipped")}, and '{server}' takes "
                + $"{limit:N0}. {Smaller(drops, isWithoutFiles)}")
        { IsTransient = IsWaiting(drops) };

    public static ReportException MessageRefusedAsTooLarge(
        string server, string said, Exception? inner, IReadOnlyCollection<ReportDelivery> drops, bool isWithoutFiles) =>
        new(nameof(MessageTooLarge), ReportErrorCategory.InvalidData, server,
            $"The mail server '{server}' rejects the message as too large, "
                + $"{(isWithoutFiles ? "even without its files" : "even with its files zipped")}: {said.TrimEnd('.')}. "
                + $"{Smaller(drops, isWithoutFiles)}",
            inner)
        { IsTransient = IsWaiting(drops) };

    public static ReportException MailLoginRefused(string server, string? user, Exception inner) =>
        new(nameof(MailLoginRefused), ReportErrorCategory.AuthenticationError, user ?? server,
            $"The mail server '{server}' refused the login of '{user}'. Check user name and password; "
                + $"Set-ReportMailServer -Credential changes them: {Said(inner.Message)}", inner);

    public static ReportException MailTokenNotOffered(string server, string identity, IEnumerable<string> offered) =>
        new(nameof(MailTokenNotOffered), ReportErrorCategory.AuthenticationError, server,
            $"The mail server '{server}' accepts no token (XOAUTH2), and the report identity '{identity}' cannot log in otherwise; "
                + $"it offers {(offered.Any() ? string.Join(", ", offered.Order()) : "no login")}. "
                + "Use smtp.office365.com or smtp.gmail.com with port 587, or make the mail server again with -Credential and without "
                + "-Identity.");

    public static ReportException MailTokenRefused(string server, string identity, string? client, string mailbox, string said,
        Exception inner) =>
        new(nameof(MailTokenRefused), ReportErrorCategory.AuthenticationError, identity,
            $"The mail server '{server}' refused the token of the report identity '{identity}' for the mailbox '{mailbox}'. "
                + $"In Exchange Online PowerShell make the application known with New-ServicePrincipal -AppId {client ?? "..."} "
                + $"-ObjectId (the one of 'Enterprise applications'), and let it in with Add-MailboxPermission -Identity {mailbox} -User "
                + $"(that ObjectId) -AccessRights FullAccess; both take up to an hour: {Said(said)}",
            inner);

    public static ReportException MailPermissionMissing(string server, string identity, IReadOnlyCollection<string> roles,
        Exception inner) =>
        new(nameof(MailPermissionMissing), ReportErrorCategory.PermissionDenied, identity,
            $"The mail server '{server}' refused the report identity '{identity}', whose token lacks the permission SMTP.SendAsApp; "
                + $"it has only {string.Join(", ", roles)}. Add it under 'API permissions', 'APIs my organization uses', 'Office 365 "
                + "Exchange Online', 'Application permissions', and have an administrator choose 'Grant admin consent': "
                + $"{Said(inner.Message)}",
            inner);

    public static ReportException MailTokenRefusedByGoogle(string server, string identity, string mailbox, string said, Exception inner) =>
        new(nameof(MailTokenRefusedByGoogle), ReportErrorCategory.AuthenticationError, identity,
            $"The mail server '{server}' refused the token of the report identity '{identity}' for the mailbox '{mailbox}'. "
                + "Give the identity that mailbox as its -Subject, and the service account the scope https://mail.google.com/ under "
                + $"'Domain-wide delegation' of the Admin console: {Said(said)}",
            inner);

    public static ReportException MailSmtpAuthSwitchedOff(string server, bool isMailbox, Exception inner) =>
        new(nameof(MailSmtpAuthSwitchedOff), ReportErrorCategory.PermissionDenied, server,
            $"SMTP AUTH is switched off for the {(isMailbox ? "mailbox" : "tenant")} at '{server}'. "
                + "An administrator switches it on in Exchange Online PowerShell for the one mailbox with Set-CASMailbox "
                + $"-SmtpClientAuthenticationDisabled $false; without it mail can go through Microsoft Graph: {Said(inner.Message)}",
            inner);

    public static ReportException MailBasicAuthSwitchedOff(string server, Exception inner) =>
        new(nameof(MailBasicAuthSwitchedOff), ReportErrorCategory.AuthenticationError, server,
            $"The mail server '{server}' no longer accepts a user name with a password (basic authentication). "
                + "Create an application with New-ReportIdentity, and give it to the mail server with Set-ReportMailServer -Identity: "
                + $"{Said(inner.Message)}",
            inner);

    public static ReportException MailSendAsDenied(string server, string from, Exception inner) =>
        new(nameof(MailSendAsDenied), ReportErrorCategory.PermissionDenied, from,
            $"The mail server '{server}' does not let this login send as '{from}'. "
                + "Give -From the address of the mailbox that logs in, or have an administrator run Add-RecipientPermission with "
                + $"-AccessRights SendAs: {Said(inner.Message)}",
            inner);

    public static ReportException MailCertificateNotTrusted(string server, Exception inner) =>
        new(nameof(MailCertificateNotTrusted), ReportErrorCategory.AuthenticationError, server,
            $"The certificate of the mail server '{server}' is not trusted by this computer, or it has none for that name. "
                + $"Install its issuer, or use the name that the certificate is for: {inner.GetBaseException().Message}", inner);

    public static ReportException MailTlsNotOffered(string server, Exception inner) =>
        new(nameof(MailTlsNotOffered), ReportErrorCategory.ConnectionError, server,
            $"The mail server '{server}' does not offer STARTTLS. Use -Security Tls with its TLS port, or None in a network that you "
                + $"trust: {inner.Message}", inner);

    public static ReportException MailLoginNeedsTls(string server) =>
        new(nameof(MailLoginNeedsTls), ReportErrorCategory.InvalidOperation, server,
            $"The mail server '{server}' offers no TLS, and the password is not sent in the clear. Use -Security StartTls or Tls; "
                + "-Security None allows it in a network that you trust.");

    public static ReportException MailLoginNeeded(string server, Exception inner) =>
        new(nameof(MailLoginNeeded), ReportErrorCategory.AuthenticationError, server,
            $"The mail server '{server}' accepts mail only after a login. Set-ReportMailServer -Credential gives it a user name and "
                + $"password: {Said(inner.Message)}", inner);

    public static ReportException MailLoginNotOffered(string server, string? user) =>
        new(nameof(MailLoginNotOffered), ReportErrorCategory.AuthenticationError, user ?? server,
            $"The mail server '{server}' offers no login method that this module supports, and the mail server has the user name "
                + $"'{user}'. Use the port for submission (587 or 465), or make the mail server again without -Credential.");

    public static ReportException MailIntegratedNotOffered(string server, IEnumerable<string> offered) =>
        new(nameof(MailIntegratedNotOffered), ReportErrorCategory.AuthenticationError, server,
            $"The mail server '{server}' offers no login with Kerberos{(OperatingSystem.IsWindows() ? " or NTLM" : "")}, which "
                + "-Integrated asks for. It offers "
                + $"{(offered.Any() ? string.Join(", ", offered.Order(StringComparer.Ordinal)) : "no login at all")}. "
                + "Switch integrated login on there, or use -Credential.");

    public static ReportException MailIntegratedRefused(string server, string account, string service, Exception inner) =>
        new(nameof(MailIntegratedRefused), ReportErrorCategory.AuthenticationError, account,
            $"The account '{account}' could not log in to '{server}' as itself. "
                + (OperatingSystem.IsWindows() ? "" : "It needs a Kerberos ticket: from kinit, or from a keytab that KRB5_CLIENT_KTNAME "
                    + "names; /etc/krb5.conf names the realm. ")
                + $"The server needs the service principal '{service}', so -SmtpHost must be the name that it is registered with: "
                + $"{Said(inner.Message)}",
            inner);

    public static ReportException MailTlsFailed(string server, Exception inner) =>
        new(nameof(MailTlsFailed), ReportErrorCategory.ConnectionError, server,
            $"The mail server '{server}' does not speak TLS in the way asked for. "
                + $"Use -Security Tls for port 465 and StartTls for 587: {inner.GetBaseException().Message}", inner);

    public static ReportException MailHostUnknown(string host, Exception inner) =>
        new(nameof(MailHostUnknown), ReportErrorCategory.ResourceUnavailable, host,
            $"No computer is named '{host}'. Check -SmtpHost and this computer's name resolution: {inner.Message}", inner)
        { IsTransient = true };

    public static ReportException MailServerUnreachable(string server, Exception inner) =>
        inner is TimeoutException or OperationCanceledException
            || inner.GetBaseException() is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.TimedOut }
            ? MailServerSilent(server, inner)
            : new(nameof(MailServerUnreachable), ReportErrorCategory.ConnectionError, server,
                $"The mail server '{server}' {Unreachable(inner)}. Check host, port and firewall; "
                    + $"Test-ReportMailServer tests it again: {Said(inner.Message)}", inner)
            { IsTransient = true };

    public static ReportException MailRefused(string server, MailKit.Net.Smtp.SmtpCommandException inner) =>
        new(nameof(MailRefused), ReportErrorCategory.InvalidData, server,
            $"The mail server '{server}' did not accept the message. Its answer: {(int)inner.StatusCode} {Said(inner.Message)}", inner)
        { IsTransient = (int)inner.StatusCode is >= 400 and < 500 };

    public static ReportException MailAddressNotSupported(string server, Exception inner) =>
        new(nameof(MailAddressNotSupported), ReportErrorCategory.InvalidArgument, server,
            $"The mail server '{server}' takes only addresses of plain letters before the @. "
                + $"Use another address for that person: {inner.Message}", inner);

    public static ReportException RecipientsRefused(string server, IReadOnlyList<DeliveryRecipient> refused) =>
        new(nameof(RecipientsRefused), ReportErrorCategory.InvalidData, refused[0].Address,
            $"The mail server '{server}' refused "
                + $"{string.Join("; ", refused.Select(recipient => $"the recipient '{recipient.Address}': {recipient.Error}"))}")
        { IsTransient = refused.Any(recipient => recipient.State == DeliveryState.Pending) };

    public static ReportException MailReplyTooLong(string server, int most) =>
        new(nameof(MailReplyTooLong), ReportErrorCategory.InvalidData, server,
            $"The mail server '{server}' sends an answer of more than {most:N0} bytes, as no mail server does. "
                + "Check -SmtpHost and -Port; Test-ReportMailServer tests it again.")
        { IsTransient = true };

    public static ReportException MailUncertain(string server, TimeSpan patience, Exception inner) =>
        new(nameof(MailUncertain), ReportErrorCategory.ConnectionError, server,
            $"The mail server '{server}' "
                + (inner is OperationCanceledException or TimeoutException
                    ? $"received the whole message and did not confirm it within {patience:g}"
                    : "closed the connection after it received the whole message and before it confirmed it")
                + ". "
            + $"Ask a recipient, or check the server's log; Send-ReportRun -FailedOnly sends it again: {Said(inner.Message)}", inner);

    public static ReportException DropFailed(string folder, Exception inner) =>
        new(nameof(DropFailed), ReportErrorCategory.WriteError, folder,
            $"The files could not be put in '{folder}'. Check that the folder is there and that this account may write to it: "
                + $"{inner.Message}", inner)
        { IsTransient = inner is IOException and not (DirectoryNotFoundException or PathTooLongException) };

    public static ReportException TestMailFailed(string to, string reason) =>
        new(nameof(TestMailFailed), ReportErrorCategory.ConnectionError, to, $"The test mail to '{to}' was not sent: {reason}");

    /// <summary>A warning: many servers refuse a mail of this size.</summary>
    public static string LargeMail(string task, long size) =>
        $"The mail of '{task}' has {size / 1024.0 / 1024:N1} MB, and many mail servers refuse more than 20. "
            + "Give the task a -Destination for the files, fewer rows or another -Format.";

    /// <summary>What a server said, of a length that a person reads.</summary>
    public static string Said(string answer) => answer.Length <= LongestAnswer ? answer : $"{answer.AsSpan(0, LongestAnswer)}...";

    /// <summary>What makes a mail smaller and is not done already.</summary>
    private static string Smaller(IReadOnlyCollection<ReportDelivery> drops, bool isWithoutFiles) =>
        isWithoutFiles ? "Use a shorter -Body, or fewer rows."
        : drops.FirstOrDefault(drop => drop.State != DeliveryState.Sent) is not { } drop
            ? "Give the task a -Destination for the files, and the mail lists their paths; or select fewer columns and rows."
        : drop.State == DeliveryState.Failed
            ? $"The copy in '{drop.Target}', which the mail could name instead, failed as well: correct that, and Send-ReportRun "
                + "-FailedOnly sends both."
        : $"It is retried when the copy in '{drop.Target}' is made, and then lists its path.";

    private static bool IsWaiting(IReadOnlyCollection<ReportDelivery> drops) =>
        drops.Any(drop => drop.State is DeliveryState.Pending or DeliveryState.Sending);

    private static string Unreachable(Exception inner) => inner switch
    {
        System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionRefused } =>
            "refuses the connection: nothing listens there",
        _ => "cannot be reached, or closed the connection",
    };
}
