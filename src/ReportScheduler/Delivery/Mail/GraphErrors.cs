namespace ReportScheduler.Delivery.Mail;

/// <summary>What Microsoft Graph does not do, and what to do about it.</summary>
internal static class GraphErrors
{
    public static ReportException GraphSignInRefused(string server, string identity, string said) =>
        new(nameof(GraphSignInRefused), ReportErrorCategory.AuthenticationError, identity,
            $"'{server}' does not take the token of the report identity '{identity}'. "
                + $"Check that -Cloud is the one of its tenant, and try it with Test-ReportIdentity: {said}");

    public static ReportException GraphNotAllowed(string server, string identity, string from, string permission, string said) =>
        new(nameof(GraphNotAllowed), ReportErrorCategory.PermissionDenied, identity,
            $"'{server}' does not let the report identity '{identity}' send as '{from}'. "
                + $"Give the app registration the application permission '{permission}' with admin consent; "
                + $"where an application access policy or RBAC for Applications limits it, add that mailbox: {said}");

    public static ReportException GraphMailboxUnknown(string server, string from, string said) =>
        new(nameof(GraphMailboxUnknown), ReportErrorCategory.ObjectNotFound, from,
            $"'{server}' knows no mailbox '{from}' in the tenant of the identity. "
                + $"Give -From the address of a mailbox of Exchange Online, such as a shared one: {said}");

    public static ReportException GraphBusy(string server, string said, TimeSpan? wait) =>
        new(nameof(GraphBusy), ReportErrorCategory.ResourceBusy, server,
            $"'{server}' accepts no mail now{(wait is { } pause ? $" and asks for a pause of {pause.TotalSeconds:0} s" : "")}. "
                + $"The mail is retried afterwards: {said}")
        { IsTransient = true };

    public static ReportException GraphTooLarge(string server, string said) =>
        new(nameof(GraphTooLarge), ReportErrorCategory.InvalidData, server,
            $"The mailbox at '{server}' does not accept a message of this size. "
                + $"Have its limit raised, or make the message smaller: {said}");

    public static ReportException GraphRefused(string server, string what, string said) =>
        new(nameof(GraphRefused), ReportErrorCategory.InvalidData, server,
            $"'{server}' refused {what}. Its answer: {said}");

    public static ReportException GraphFailed(string server, string what, string said) =>
        new(nameof(GraphFailed), ReportErrorCategory.ConnectionError, server,
            $"'{server}' failed at {what}, and nothing was sent. The mail is retried: {said}")
        { IsTransient = true };

    public static ReportException GraphUnreachable(string server, Exception inner) =>
        new(nameof(GraphUnreachable), ReportErrorCategory.ConnectionError, server,
            $"'{server}' cannot be reached, or closed the connection before it had the message. "
                + "Check the network, a proxy (HTTPS_PROXY) and the firewall; Test-ReportMailServer tests it again: "
                + $"{MailErrors.Said(inner.GetBaseException().Message)}",
            inner)
        { IsTransient = true };

    public static ReportException GraphAttachmentDiffers(string server, string file) =>
        new(nameof(GraphAttachmentDiffers), ReportErrorCategory.InvalidData, file,
            $"'{server}' returned the attachment '{file}' changed, so the message was not sent. It is retried; "
                + "Send-ReportRun tries at once.")
        { IsTransient = true };
}
