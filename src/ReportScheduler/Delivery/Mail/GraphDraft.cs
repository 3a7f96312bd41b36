using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MimeKit;

namespace ReportScheduler.Delivery.Mail;

/// <summary>A message that is too large for one request: a draft, to which the files are added
/// one by one, read back and compared, and which is sent then.</summary>
/// <remarks>https://learn.microsoft.com/graph/outlook-large-attachments: files from 3 MB on go in ranges of less than 4 MB.</remarks>
internal sealed class GraphDraft(GraphSession session)
{
    /// <summary>Writing a draft needs more than sending does.</summary>
    public const string Permission = "Mail.ReadWrite";

    private const int SmallFile = 3_000_000;

    /// <summary>Less than 4 MB, and a multiple of 320 KiB, as the upload sessions of Graph like it.</summary>
    private const int Range = 12 * 320 * 1024;

    /// <summary>A message with this is not kept when it has gone out (PidTagDeleteAfterSubmit).</summary>
    private const string DeleteAfterSubmit = "Boolean 0x0E01";

    /// <summary>Makes the draft, fills and sends it.</summary>
    /// <param name="message">The message; its files are taken out of it.</param>
    /// <param name="keepsNothing">Nothing is kept in Sent Items.</param>
    /// <exception cref="ReportException">It was not sent, and nothing is left of it;
    /// or nobody knows whether it was (MailUncertain).</exception>
    public void Send(MimeMessage message, bool keepsNothing)
    {
        var files = GraphMessage.TakeFiles(message);
        var mime = GraphMessage.Mime(message);
        var id = Expect(session.Ask(HttpMethod.Post, "/messages", () => new HandedOverContent(mime, "text/plain")),
            "the draft of the message").Text("id")
            ?? throw GraphErrors.GraphRefused(session.Name, "the draft of the message", "it has no id");
        var path = $"/messages/{Uri.EscapeDataString(id)}";
        try
        {
            Fill(path, files, keepsNothing);
        }
        catch
        {
            Remove(path);
            throw;
        }

        Send(path, keepsNothing);
    }

    /// <summary>Takes a draft away. What goes wrong then is worth less than what led to it.</summary>
    public void Remove(string path)
    {
        try
        {
            session.Ask(HttpMethod.Delete, path);
        }
        catch (Exception problem) when (problem is ReportException or OperationCanceledException)
        {
        }
    }

    private void Fill(string path, IReadOnlyList<GraphFile> files, bool keepsNothing)
    {
        if (keepsNothing)
        {
            Expect(session.Ask(HttpMethod.Patch, path, GraphSession.Json(new JsonObject
            {
                ["singleValueExtendedProperties"] = new JsonArray(new JsonObject { ["id"] = DeleteAfterSubmit, ["value"] = "true" }),
            })), "that nothing is kept in Sent Items");
        }

        foreach (var file in files)
        {
            if (file.Bytes.Length < SmallFile)
            {
                Expect(session.Ask(HttpMethod.Post, $"{path}/attachments", GraphSession.Json(GraphMessage.Attachment(file))),
                    $"the attachment '{file.Name}'");
            }
            else
            {
                Upload(path, file);
            }
        }

        Compare(path, files);
    }

    private void Upload(string path, GraphFile file)
    {
        var what = $"the attachment '{file.Name}'";
        var begun = Expect(session.Ask(HttpMethod.Post, $"{path}/attachments/createUploadSession", GraphSession.Json(new JsonObject
        {
            ["AttachmentItem"] = new JsonObject { ["attachmentType"] = "file", ["name"] = file.Name, ["size"] = file.Bytes.Length,
                ["contentType"] = file.MediaType },
        })), what);
        if (!Uri.TryCreate(begun.Text("uploadUrl"), UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            throw GraphErrors.GraphRefused(session.Name, what, "it gives no address with https to upload it to");
        }

        for (var start = 0; start < file.Bytes.Length; start += Range)
        {
            var range = file.Bytes.AsMemory(start, Math.Min(Range, file.Bytes.Length - start));
            Expect(session.Upload(address, range, start, file.Bytes.Length), what);
        }
    }

    /// <summary>Reads every file back: a message must not go out with half of one.</summary>
    private void Compare(string path, IReadOnlyList<GraphFile> files)
    {
        var found = new List<(string Name, byte[] Hash)>();
        for (var next = $"{path}/attachments?$select=id,name,isInline"; next is not null;)
        {
            var page = Expect(session.Ask(HttpMethod.Get, next), "the list of the attachments");
            foreach (var entry in page.Values().Where(entry =>
                !(entry.TryGetProperty("isInline", out var isInline) && isInline.ValueKind == System.Text.Json.JsonValueKind.True)))
            {
                var name = $"{entry.GetProperty("name")}";
                var back = Expect(
                    session.Ask(HttpMethod.Get, $"{path}/attachments/{Uri.EscapeDataString($"{entry.GetProperty("id")}")}/$value"),
                    $"the attachment '{name}'");
                found.Add((name, SHA256.HashData(back.Body)));
            }

            next = page.Text("@odata.nextLink");
        }

        var lost = files.FirstOrDefault(
            file => !found.Exists(each => each.Name == file.Name && each.Hash.AsSpan().SequenceEqual(SHA256.HashData(file.Bytes))));
        if (lost is not null || found.Count != files.Count)
        {
            throw GraphErrors.GraphAttachmentDiffers(session.Name, lost?.Name ?? files[0].Name);
        }
    }

    private void Send(string path, bool keepsNothing)
    {
        GraphAnswer answer;
        try
        {
            answer = session.Ask(HttpMethod.Post, $"{path}/send", () => new HandedOverContent(ReadOnlyMemory<byte>.Empty, "text/plain"),
                sends: true);
        }
        catch (ReportException lost) when (lost.ErrorId == nameof(MailErrors.MailUncertain))
        {
            if (IsGone(path, keepsNothing))
            {
                return;
            }

            throw;
        }
        catch
        {
            Remove(path);
            throw;
        }

        if (answer.IsLost)
        {
            if (!IsGone(path, keepsNothing))
            {
                throw MailErrors.MailUncertain(session.Name, TimeSpan.Zero, new IOException(answer.Said));
            }
        }
        else if (!answer.IsSuccess)
        {
            Remove(path);
            throw session.Refusal(answer, "the message", "Mail.Send");
        }
    }

    /// <summary>Whether the draft has become a mail that was sent.</summary>
    private bool IsGone(string path, bool keepsNothing)
    {
        try
        {
            var answer = session.Ask(HttpMethod.Get, $"{path}?$select=isDraft");
            return answer.IsSuccess ? answer.IsFalse("isDraft") : answer.Status == 404 && keepsNothing;
        }
        catch (Exception problem) when (problem is ReportException or OperationCanceledException)
        {
            return false;
        }
    }

    private GraphAnswer Expect(GraphAnswer answer, string what) =>
        answer.IsSuccess ? answer : throw session.Refusal(answer, what, Permission);
}
