using System.Text.Json;
using System.Text.Json.Nodes;
using MimeKit;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Microsoft Graph, which takes the saved message as it is: for tenants without SMTP.</summary>
/// <remarks>
/// https://learn.microsoft.com/graph/api/user-sendmail. A request may have 4 MB; a larger message goes as a draft. A request whose answer
/// never came is settled by looking for the Message-Id in the sender's mailbox, where the permissions of the identity allow that.
/// </remarks>
internal sealed class GraphTransport : IMailTransport
{
    private const string Permission = "Mail.Send";

    private const int LargestRequest = 4_000_000;

    public bool MayTakeLong => true;

    public bool Serves(ReportMailServer server) => server.Graph;

    public string NameOf(ReportMailServer server) => new Uri(server.GraphAddress).Host;

    /// <summary>Gets a token and asks for the mailbox. Whether mail may be sent shows only
    /// when one is; that reading is not allowed is no fault.</summary>
    public MailReach Try(MailAccess access, CancellationToken cancel)
    {
        using var session = new GraphSession(access, cancel);
        var answer = session.Ask(HttpMethod.Get, "/mailFolders/sentitems?$select=id");
        return answer.IsSuccess || answer.Status == 403
            ? new MailReach(access.Server.GraphAddress.StartsWith("https:", StringComparison.OrdinalIgnoreCase),
                $"Microsoft Graph with the identity '{access.Server.Identity}'")
            : throw session.Refusal(answer, "a look at the mailbox", Permission);
    }

    public void Send(MailHandover mail, MailAccess access, CancellationToken cancel)
    {
        using var session = new GraphSession(access, cancel);
        try
        {
            if (mail.IsInDoubt && HasArrived(mail, session, access.Server))
            {
                return;
            }

            while (!Submit(mail, session, access.Server))
            {
            }
        }
        catch (ReportException lost) when (lost.ErrorId == nameof(MailErrors.MailUncertain) && HasArrived(mail, session, access.Server))
        {
            // the answer was lost, and the message is in the mailbox
        }
        finally
        {
            mail.RetryAfter = session.RetryAfter;
        }
    }

    /// <returns>False when the message was too large and is now smaller.</returns>
    private static bool Submit(MailHandover mail, GraphSession session, ReportMailServer server)
    {
        var (message, size) = mail.Message.Fit(server.MaxMessageSize);
        using var sent = message;
        GraphMessage.Address(message, mail.Recipients);
        mail.Confirm();
        var mime = size < LargestRequest ? GraphMessage.Mime(message) : null;
        return mime is { Length: <= LargestRequest }
            ? SubmitAtOnce(mail, message, mime, session, server)
            : SubmitDraft(mail, message, session, server);
    }

    private static bool SubmitDraft(MailHandover mail, MimeMessage message, GraphSession session, ReportMailServer server)
    {
        try
        {
            new GraphDraft(session).Send(message, server.NoSentItems);
            return true;
        }
        catch (ReportException big) when (big.ErrorId == nameof(GraphErrors.GraphTooLarge))
        {
            mail.Message.Shrink(big.Message, big);
            return false;
        }
    }

    private static bool SubmitAtOnce(MailHandover mail, MimeMessage message, byte[] mime, GraphSession session, ReportMailServer server)
    {
        var answer = session.Ask(HttpMethod.Post, "/sendMail",
            server.NoSentItems ? WithoutCopy(message) : () => new HandedOverContent(mime, "text/plain"), sends: true);
        if (answer.IsTooLarge)
        {
            mail.Message.Shrink(answer.Said, null);
            return false;
        }

        return answer switch
        {
            { IsSuccess: true } => true,
            { IsLost: true } => throw MailErrors.MailUncertain(session.Name, server.AnswerTimeout, new IOException(answer.Said)),
            _ => throw session.Refusal(answer, "the message", Permission),
        };
    }

    /// <summary>With MIME sendMail always keeps a copy.</summary>
    private static Func<HandedOverContent> WithoutCopy(MimeMessage message) =>
        GraphSession.Json(new JsonObject { ["message"] = GraphMessage.Json(message), ["saveToSentItems"] = false });

    /// <summary>Whether the message is in the sender's mailbox, sent. Drafts of it that never went out are taken away.</summary>
    /// <returns>False also where nobody may look, and where no copy is kept.</returns>
    private static bool HasArrived(MailHandover mail, GraphSession session, ReportMailServer server)
    {
        if (server.NoSentItems || mail.MessageId is not { } id)
        {
            return false;
        }

        try
        {
            var filter = Uri.EscapeDataString($"internetMessageId eq '<{id.Trim('<', '>').Replace("'", "''", StringComparison.Ordinal)}>'");
            var found = session.Ask(HttpMethod.Get, $"/messages?$filter={filter}&$select=id,isDraft").Values();
            var isSent = found.Any(message => !IsDraft(message));
            foreach (var draft in found.Where(message => !isSent && mail.IsInDoubt && IsDraft(message)))
            {
                new GraphDraft(session).Remove($"/messages/{Uri.EscapeDataString($"{draft.GetProperty("id")}")}");
            }

            return isSent;
        }
        catch (Exception problem) when (problem is ReportException or OperationCanceledException)
        {
            return false;
        }
    }

    private static bool IsDraft(JsonElement message) =>
        message.TryGetProperty("isDraft", out var isDraft) && isDraft.ValueKind == JsonValueKind.True;
}
