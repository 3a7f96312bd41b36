using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using MimeKit;

namespace ReportScheduler.Tests.Support;

/// <summary>The mail part of Microsoft Graph on loopback, written from its public pages.</summary>
/// <remarks>
/// sendMail with MIME or JSON (https://learn.microsoft.com/graph/api/user-sendmail), drafts from MIME (user-post-messages), attachments and
/// upload sessions (https://learn.microsoft.com/graph/outlook-large-attachments), sending a draft (message-send), finding a message by its
/// internetMessageId. Like Graph it takes no request of more than 4 MB, no small attachment of 3 MB, no range of 4 MB, no gap between
/// ranges, and no token at an upload address.
/// </remarks>
internal sealed class GraphServer : IDisposable
{
    private const int Limit = 4 * 1024 * 1024;

    private readonly LoopbackListener listener;
    private readonly Dictionary<string, GraphMailbox> mailbox = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (GraphMailbox Message, string Name, long Size, MemoryStream Got)> uploads =
        new(StringComparer.Ordinal);
    private int number;

    public GraphServer(X509Certificate2? certificate = null)
    {
        listener = new LoopbackListener(Serve, certificate);
        Address = $"{(certificate is null ? "http" : "https")}://127.0.0.1:{listener.Port}";
    }

    public string Address { get; }

    public string Mailbox { get; init; } = "reports@example.com";

    /// <summary>Whether a token is good.</summary>
    public Func<string, bool> Takes { get; set; } = token => token == "good";

    /// <summary>An answer in place of the usual one; null for the usual one.</summary>
    public Func<GraphRequest, GraphReply?> Answer { get; set; } = _ => null;

    /// <summary>Whether it hangs up in place of an answer, after it has done what was asked.</summary>
    public Func<GraphRequest, bool> HangsUpAfter { get; set; } = _ => false;

    /// <summary>Whether it hangs up before it has done anything.</summary>
    public Func<GraphRequest, bool> HangsUpBefore { get; set; } = _ => false;

    /// <summary>Whether the mailbox may be read (Mail.Read and more).</summary>
    public bool MayRead { get; set; } = true;

    /// <summary>Changes an attachment on its way into the mailbox.</summary>
    public Func<byte[], byte[]> Keeps { get; set; } = bytes => bytes;

    public ConcurrentQueue<GraphRequest> Requests { get; } = new();

    /// <summary>What went out: MIME with the files of its attachments, or the JSON of a message.</summary>
    public ConcurrentQueue<(MimeMessage? Message, JsonNode? Json, IReadOnlyList<(string Name, byte[] Bytes)> Files)> Sent { get; } = new();

    public IReadOnlyCollection<GraphMailbox> Drafts
    {
        get
        {
            lock (mailbox)
            {
                return [.. mailbox.Values.Where(message => message.IsDraft)];
            }
        }
    }

    public void Dispose() => listener.Dispose();

    private async Task Serve(Stream stream, CancellationToken stop)
    {
        while (await PlainHttpRequest.Read(stream, stop) is { } got)
        {
            var request = Request(got);
            Requests.Enqueue(request);
            if (HangsUpBefore(request))
            {
                return;
            }

            var reply = Answer(request) ?? Usual(request);
            if (HangsUpAfter(request))
            {
                return;
            }

            var head = $"HTTP/1.1 {reply.Status} x\r\nContent-Length: "
                + $"{reply.Body.Length}\r\n{string.Concat(reply.Headers.Select(header => header + "\r\n"))}\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
            await stream.WriteAsync(reply.Body, stop);
        }
    }

    private GraphRequest Request(PlainHttpRequest got)
    {
        var parts = got.Target.Split('?', 2);
        var root = $"/v1.0/users/{Uri.EscapeDataString(Mailbox)}";
        var path = parts[0].StartsWith(root, StringComparison.Ordinal) ? parts[0][root.Length..] : parts[0];
        return new GraphRequest(got.Method, Uri.UnescapeDataString(path), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "",
            got.Headers, got.Body);
    }

    private GraphReply Usual(GraphRequest request)
    {
        lock (mailbox)
        {
            if (request.Path.StartsWith("/upload/", StringComparison.Ordinal))
            {
                return Upload(request);
            }

            if (!request.Headers.TryGetValue("Authorization", out var token) || !token.StartsWith("Bearer ", StringComparison.Ordinal)
                || !Takes(token[7..]))
            {
                return GraphReply.Error(401, "InvalidAuthenticationToken", "Access token validation failure.");
            }

            return request.Body.Length > Limit ? GraphReply.Error(413, "RequestEntityTooLarge", "The request is too large.")
                : request.Path.StartsWith("/v1.0/", StringComparison.Ordinal)
                ? GraphReply.Error(404, "ErrorInvalidUser", "The requested user is invalid.")
                : request.Method switch
                {
                    "POST" => Post(request, request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)),
                    "GET" => Get(request, request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)),
                    "PATCH" => Patch(request),
                    "DELETE" => mailbox.Remove(request.Path.Split('/')[2]) ? GraphReply.Empty(204) : Missing(),
                    _ => GraphReply.Empty(405),
                };
        }
    }

    private GraphReply Post(GraphRequest request, string[] path) => path switch
    {
        ["sendMail"] => SendMail(request),
        ["messages"] => Draft(request),
        ["messages", var id, "attachments"] => Attach(mailbox[id], JsonNode.Parse(request.Body)!),
        ["messages", var id, "attachments", "createUploadSession"] => Begin(mailbox[id], JsonNode.Parse(request.Body)!["AttachmentItem"]!),
        ["messages", var id, "send"] => mailbox.TryGetValue(id, out var draft) && draft.IsDraft ? Send(draft) : Missing(),
        _ => GraphReply.Error(404, "ResourceNotFound"),
    };

    private GraphReply Get(GraphRequest request, string[] path) =>
        !MayRead ? GraphReply.Error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.") : path switch
    {
        ["mailFolders", ..] => GraphReply.Json(200, new { id = "sentitems" }),
        ["messages"] => GraphReply.Json(200, new
        {
            value = mailbox.Values
                .Where(message => request.Query.Contains($"internetMessageId eq '{message.MessageId}'", StringComparison.Ordinal))
                .Select(message => new { id = message.Id, isDraft = message.IsDraft }),
        }),
        ["messages", var id] =>
            mailbox.TryGetValue(id, out var message) ? GraphReply.Json(200, new { id, isDraft = message.IsDraft }) : Missing(),
        ["messages", var id, "attachments"] => List(mailbox[id], request.Query),
        ["messages", var id, "attachments", var file, "$value"] =>
            new GraphReply(200, mailbox[id].Files.Single(each => each.Id == file).Bytes),
        _ => GraphReply.Error(404, "ResourceNotFound"),
    };

    private GraphReply SendMail(GraphRequest request)
    {
        if (request.Headers["Content-Type"] == "application/json")
        {
            var json = JsonNode.Parse(request.Body)!;
            if ($"{json["saveToSentItems"]}" != "false")
            {
                Keep(new GraphMailbox(NewId(), null, $"{json["message"]!["internetMessageId"]}") { IsDraft = false });
            }

            Sent.Enqueue((null, json["message"], []));
            return GraphReply.Empty(202);
        }

        var message = Mime(request.Body);
        Keep(new GraphMailbox(NewId(), message, $"<{message.MessageId}>") { IsDraft = false });
        Sent.Enqueue((message, null, []));
        return GraphReply.Empty(202);
    }

    private GraphReply Draft(GraphRequest request)
    {
        var message = Mime(request.Body);
        var draft = new GraphMailbox(NewId(), message, $"<{message.MessageId}>");
        Keep(draft);
        return GraphReply.Json(201, new { id = draft.Id, isDraft = true, internetMessageId = draft.MessageId });
    }

    private GraphReply Patch(GraphRequest request)
    {
        var message = mailbox[request.Path.Split('/')[2]];
        message.IsNotKept = JsonNode.Parse(request.Body)!["singleValueExtendedProperties"] is JsonArray properties
            && properties.Any(property => $"{property!["id"]}" == "Boolean 0x0E01" && $"{property["value"]}" == "true");
        return GraphReply.Json(200, new { id = message.Id });
    }

    private GraphReply Attach(GraphMailbox message, JsonNode file)
    {
        var bytes = Convert.FromBase64String($"{file["contentBytes"]}");
        return bytes.Length >= 3 * 1024 * 1024 ? GraphReply.Error(413, "RequestEntityTooLarge") : Add(message, $"{file["name"]}", bytes);
    }

    private GraphReply Begin(GraphMailbox message, JsonNode item)
    {
        var key = $"session-{++number}";
        uploads[key] = (message, $"{item["name"]}", (long)item["size"]!, new MemoryStream());
        return GraphReply.Json(201, new { uploadUrl = $"{Address}/upload/{key}?authtoken=x", expirationDateTime = "2026-12-01T00:00:00Z",
            nextExpectedRanges = new[] { "0-" } });
    }

    private GraphReply Upload(GraphRequest request)
    {
        if (request.Headers.ContainsKey("Authorization"))
        {
            return GraphReply.Error(401, "InvalidAuthenticationToken", "An upload address has its own right.");
        }

        var (message, name, size, got) = uploads[request.Path.Split('/')[2]];
        var range = request.Headers["Content-Range"];
        if (request.Body.Length >= Limit || range != $"bytes {got.Length}-{got.Length + request.Body.Length - 1}/{size}")
        {
            return GraphReply.Error(416, "InvalidRange", range);
        }

        got.Write(request.Body);
        return got.Length < size
            ? GraphReply.Json(200, new { nextExpectedRanges = new[] { $"{got.Length}-" } })
            : Add(message, name, got.ToArray());
    }

    private GraphReply Add(GraphMailbox message, string name, byte[] bytes)
    {
        message.Files.Add(($"id-file-{++number}", name, Keeps(bytes)));
        return GraphReply.Json(201, new { id = message.Files[^1].Id });
    }

    /// <summary>Two on a page, so that somebody must go on.</summary>
    private GraphReply List(GraphMailbox message, string query)
    {
        var start = query.Split("$skip=") is [_, var skip] ? int.Parse(skip, CultureInfo.InvariantCulture) : 0;
        var page = new Dictionary<string, object> { ["value"] = message.Files.Skip(start).Take(2)
            .Select(file => new { id = file.Id, name = file.Name, isInline = false }) };
        if (start + 2 < message.Files.Count)
        {
            page["@odata.nextLink"] =
                $"{Address}/v1.0/users/{Uri.EscapeDataString(Mailbox)}/messages/{message.Id}/attachments?$select=id&$skip={start + 2}";
        }

        return GraphReply.Json(200, page);
    }

    private GraphReply Send(GraphMailbox draft)
    {
        draft.IsDraft = false;
        Sent.Enqueue((draft.Message, null, [.. draft.Files.Select(file => (file.Name, file.Bytes))]));
        if (draft.IsNotKept)
        {
            mailbox.Remove(draft.Id);
        }

        return GraphReply.Empty(202);
    }

    private void Keep(GraphMailbox message) => mailbox[message.Id] = message;

    private string NewId() => $"id-message-{++number}=";

    private static GraphReply Missing() => GraphReply.Error(404, "ErrorItemNotFound", "The specified object was not found in the store.");

    private static MimeMessage Mime(byte[] base64)
    {
        using var mime = new MemoryStream(Convert.FromBase64String(Encoding.ASCII.GetString(base64)));
        return MimeMessage.Load(mime);
    }
}
