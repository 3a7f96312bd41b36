using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MimeKit;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery.Mail;

/// <summary>Mail through a stand-in of Microsoft Graph on loopback.</summary>
public sealed class GraphTransportTests : IDisposable
{
    private readonly MailFixture fixture = new();
    private readonly GraphServer graph = new();
    private GivenTokens tokens = new("good");

    public void Dispose()
    {
        graph.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void The_saved_message_goes_out_as_it_is_with_its_blind_copies()
    {
        var server = Server();
        var mail = fixture.Compose(server);
        Send(mail, server);
        Assert.Equal((DeliveryState.Sent, null), (mail.State, mail.Error));
        Assert.All(mail.Recipients, recipient => Assert.Equal(DeliveryState.Sent, recipient.State));
        var request = Assert.Single(graph.Requests);
        Assert.Equal(("POST /sendMail", "text/plain"), ($"{request}", request.Headers["Content-Type"]));
        var sent = Assert.Single(graph.Sent).Message!;
        Assert.Equal(mail.MessageId, sent.MessageId);
        Assert.Equal("hidden@example.com", Assert.Single(sent.Bcc.Mailboxes).Address);
        Assert.Equal(["ada@example.com", "bob@example.com"], sent.To.Mailboxes.Select(to => to.Address));
        Assert.Equal(("auto-generated", "All"), (sent.Headers["Auto-Submitted"], sent.Headers["X-Auto-Response-Suppress"]));
        Same(mail.Files, sent.Attachments.OfType<MimePart>().Select(part => (part.FileName!, Bytes(part))));
        Assert.Equal([$"{graph.Address}/.default"], tokens.Scopes);
    }

    [Fact]
    public void A_token_that_is_refused_is_asked_for_again_once()
    {
        tokens = new GivenTokens("old", "good");
        var mail = Sent();
        Assert.Equal((DeliveryState.Sent, 1), (mail.State, tokens.Forgotten));
        Assert.Single(graph.Sent);

        tokens = new GivenTokens("old", "older", "good");
        mail = Sent();
        Assert.Equal((DeliveryState.Failed, nameof(GraphErrors.GraphSignInRefused)), (mail.State, mail.ErrorId));
        Assert.DoesNotContain("older", mail.Error, StringComparison.Ordinal);
        Assert.Single(graph.Sent);
    }

    [Theory]
    // it takes no mail now: the ledger waits as long as it wants, an hour at most
    [InlineData(429, "ApplicationThrottled", "Retry-After: 120", DeliveryState.Pending, "GraphBusy", 120)]
    [InlineData(429, "ErrorExceededMessageLimit", null, DeliveryState.Pending, "GraphBusy", 60)]
    [InlineData(503, "ServiceUnavailable", "Retry-After: 7", DeliveryState.Pending, "GraphBusy", 7)]
    [InlineData(503, "ServiceUnavailable", "Retry-After: 900000", DeliveryState.Pending, "GraphBusy", 3600)]
    // tried again the same would happen
    [InlineData(400, "ErrorInvalidRecipients", null, DeliveryState.Failed, "GraphRefused", null)]
    [InlineData(403, "ErrorAccessDenied", null, DeliveryState.Failed, "GraphNotAllowed", null)]
    [InlineData(403, "ErrorSendAsDenied", null, DeliveryState.Failed, "GraphNotAllowed", null)]
    [InlineData(404, "ErrorInvalidUser", null, DeliveryState.Failed, "GraphMailboxUnknown", null)]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", null, DeliveryState.Failed, "GraphMailboxUnknown", null)]
    [InlineData(413, "RequestEntityTooLarge", null, DeliveryState.Failed, "MessageTooLarge", null)]
    [InlineData(302, "Moved", "Location: http://127.0.0.1:1/", DeliveryState.Failed, "GraphRefused", null)]
    // somebody on the way gave up, and the mailbox does not have it
    [InlineData(500, "InternalServerError", null, DeliveryState.Uncertain, "MailUncertain", 60)]
    [InlineData(504, "GatewayTimeout", null, DeliveryState.Uncertain, "MailUncertain", 60)]
    public void An_answer_decides_what_becomes_of_the_mail(int status, string code, string? header, DeliveryState state, string error,
        int? pause)
    {
        graph.Answer = request => request.Path == "/sendMail"
            ? GraphReply.Error(status, code, "Why not.", header is null ? [] : [header])
            : null;
        var mail = Sent();
        Assert.Equal((state, error), (mail.State, mail.ErrorId));
        Assert.Contains($": {status} {code} Why not.", mail.Error, StringComparison.Ordinal);
        Assert.Equal(pause is { } seconds ? fixture.Clock.GetUtcNow().AddSeconds(seconds) : null, mail.NotBefore);
        Assert.Empty(graph.Sent);
    }

    [Fact]
    public void A_line_that_breaks_after_the_message_is_settled_in_the_mailbox_of_the_sender()
    {
        graph.HangsUpAfter = request => request.Path == "/sendMail";
        var mail = Sent();
        Assert.Equal((DeliveryState.Sent, null), (mail.State, mail.Error));
        Assert.Single(graph.Sent);
    }

    [Fact]
    public void Where_nobody_may_look_into_the_mailbox_a_lost_answer_leaves_a_doubt()
    {
        graph.MayRead = false;
        graph.HangsUpAfter = request => request.Path == "/sendMail";
        var mail = Sent();
        Assert.Equal((DeliveryState.Uncertain, nameof(MailErrors.MailUncertain)), (mail.State, mail.ErrorId));
        Assert.All(mail.Recipients, recipient => Assert.Equal(DeliveryState.Uncertain, recipient.State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mail_in_doubt_is_looked_for_before_it_is_sent_again(bool hasArrived)
    {
        var server = Server();
        var mail = fixture.Compose(server);
        graph.HangsUpAfter = request => hasArrived && request.Path == "/sendMail";
        graph.HangsUpBefore = request => !hasArrived && request.Path == "/sendMail";
        // Exchange is slow: it is not in the mailbox yet
        graph.Answer = request => request.Method == "GET" ? GraphReply.Json(200, new { value = Array.Empty<object>() }) : null;
        Send(mail, server);
        Assert.Equal(DeliveryState.Uncertain, mail.State);

        (graph.HangsUpAfter, graph.HangsUpBefore, graph.Answer, mail.IsInDoubt) = (_ => false, _ => false, _ => null, true);
        Send(mail, server);
        Assert.Equal((DeliveryState.Sent, false), (mail.State, mail.IsInDoubt));
        Assert.Single(graph.Sent);
        Assert.Equal(hasArrived ? 1 : 2, graph.Requests.Count(request => request.Path == "/sendMail"));
    }

    [Fact]
    public void A_server_that_is_not_there_is_tried_again()
    {
        var gone = new GraphServer();
        gone.Dispose();
        var server = Server(server => server.GraphEndpoint = gone.Address);
        var mail = fixture.Compose(server);
        Send(mail, server);
        Assert.Equal((DeliveryState.Pending, nameof(GraphErrors.GraphUnreachable)), (mail.State, mail.ErrorId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Large_files_go_in_ranges_to_a_draft_and_are_read_back_before_it_is_sent(bool keepsNothing)
    {
        Files(12_000_000, 3_000_000, 2_999_999, 10);
        var mail = Sent(server => server.NoSentItems = keepsNothing);
        Assert.Equal((DeliveryState.Sent, null), (mail.State, mail.Error));
        var sent = Assert.Single(graph.Sent);
        Same(mail.Files, sent.Files);
        Assert.Equal(mail.MessageId, sent.Message!.MessageId);
        Assert.Equal("hidden@example.com", Assert.Single(sent.Message.Bcc.Mailboxes).Address);
        Assert.Empty(graph.Drafts);
        var ranges = graph.Requests.Where(request => request.Method == "PUT").ToList();
        Assert.Equal(4 + 1, ranges.Count);
        Assert.All(ranges, range => Assert.InRange(range.Body.Length, 1, 3_999_999));
        Assert.All(graph.Requests, request => Assert.InRange(request.Body.Length, 0, 4 * 1024 * 1024));
        Assert.Equal(mail.Files.Length, graph.Requests.Count(request => request.Path.EndsWith("/$value", StringComparison.Ordinal)));
        Assert.Equal(keepsNothing ? 1 : 0, graph.Requests.Count(request => request.Method == "PATCH"));
        Assert.Equal("POST /messages/*/send", $"{graph.Requests.Last()}");
    }

    [Theory]
    [InlineData("POST /messages", 503)]
    [InlineData("POST /messages/*/attachments/createUploadSession", 429)]
    [InlineData("PUT /upload/*", 503)]
    [InlineData("GET /messages/*/attachments", 503)]
    [InlineData("POST /messages/*/send", 429)]
    public void A_draft_that_does_not_get_through_is_taken_away_and_made_again_later(string step, int status)
    {
        Files(5_000_000);
        graph.Answer = request => $"{request}" == step ? GraphReply.Error(status, "Busy", "Later.", "Retry-After: 30") : null;
        var server = Server();
        var mail = fixture.Compose(server);
        Send(mail, server);
        Assert.Equal((DeliveryState.Pending, nameof(GraphErrors.GraphBusy)), (mail.State, mail.ErrorId));
        Assert.Equal(fixture.Clock.GetUtcNow().AddSeconds(30), mail.NotBefore);
        Assert.Empty(graph.Drafts);
        Assert.Empty(graph.Sent);

        graph.Answer = _ => null;
        Send(mail, server);
        Assert.Equal(DeliveryState.Sent, mail.State);
        Same(mail.Files, Assert.Single(graph.Sent).Files);
    }

    [Fact]
    public void A_file_that_does_not_come_back_as_it_was_stops_the_message()
    {
        Files(5_000_000, 100);
        graph.Keeps = bytes => bytes.Length == 100 ? bytes[..99] : bytes;
        var mail = Sent();
        Assert.Equal((DeliveryState.Pending, nameof(GraphErrors.GraphAttachmentDiffers)), (mail.State, mail.ErrorId));
        Assert.Empty(graph.Sent);
        Assert.Empty(graph.Drafts);
    }

    [Fact]
    public void A_draft_whose_sending_got_no_answer_is_asked_whether_it_is_one()
    {
        Files(5_000_000);
        graph.HangsUpAfter = request => request.Path.EndsWith("/send", StringComparison.Ordinal);
        var mail = Sent();
        Assert.Equal((DeliveryState.Sent, null), (mail.State, mail.Error));
        Assert.Single(graph.Sent);
    }

    [Fact]
    public void A_draft_that_was_not_sent_is_replaced_when_it_is_tried_again()
    {
        Files(5_000_000);
        graph.HangsUpBefore = request => request.Path.EndsWith("/send", StringComparison.Ordinal);
        var server = Server();
        var mail = fixture.Compose(server);
        Send(mail, server);
        Assert.Equal(DeliveryState.Uncertain, mail.State);
        Assert.Single(graph.Drafts);

        (graph.HangsUpBefore, mail.IsInDoubt) = (_ => false, true);
        Send(mail, server);
        Assert.Equal(DeliveryState.Sent, mail.State);
        Assert.Empty(graph.Drafts);
        Same(mail.Files, Assert.Single(graph.Sent).Files);
    }

    [Fact]
    public void A_draft_needs_a_permission_that_the_error_names()
    {
        Files(5_000_000);
        graph.Answer = request => request.Path == "/messages" ? GraphReply.Error(403, "ErrorAccessDenied", "No.") : null;
        var mail = Sent();
        Assert.Equal((DeliveryState.Failed, nameof(GraphErrors.GraphNotAllowed)), (mail.State, mail.ErrorId));
        Assert.Contains("'Mail.ReadWrite'", mail.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_copy_in_Sent_Items_the_message_goes_as_JSON_with_its_id_headers_and_files()
    {
        var mail = Sent(server => server.NoSentItems = true);
        Assert.Equal(DeliveryState.Sent, mail.State);
        var request = JsonNode.Parse(Assert.Single(graph.Requests).Body)!;
        Assert.False((bool)request["saveToSentItems"]!);
        var json = Assert.Single(graph.Sent).Json!;
        Assert.Equal($"<{mail.MessageId!.Trim('<', '>')}>", $"{json["internetMessageId"]}");
        Assert.Equal(["ada@example.com", "bob@example.com", "chloe@example.com", "hidden@example.com"],
            new[] { "toRecipients", "ccRecipients", "bccRecipients" }.SelectMany(list => json[list]!.AsArray())
                .Select(person => $"{person!["emailAddress"]!["address"]}"));
        Assert.Contains(json["singleValueExtendedProperties"]!.AsArray(), property =>
            $"{property!["id"]}".EndsWith(" Name Auto-Submitted", StringComparison.Ordinal) && $"{property["value"]}" == "auto-generated");
        Same(mail.Files, json["attachments"]!.AsArray().Where(file => !(bool)file!["isInline"]!)
            .Select(file => ($"{file!["name"]}", Convert.FromBase64String($"{file["contentBytes"]}"))));
    }

    [Fact]
    public void Only_those_who_have_not_got_it_are_addressed_again()
    {
        var server = Server();
        var mail = fixture.Compose(server);
        foreach (var served in mail.Recipients.Where(recipient => recipient.Address is "ada@example.com" or "hidden@example.com"))
        {
            served.State = DeliveryState.Sent;
        }

        Send(mail, server);
        var sent = Assert.Single(graph.Sent).Message!;
        Assert.Equal(["bob@example.com", "chloe@example.com"], sent.GetRecipients().Select(person => person.Address));
    }

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(false, true, null)]
    [InlineData(true, false, "GraphSignInRefused")]
    public void A_look_without_sending_says_how_it_signs_in(bool mayRead, bool isGood, string? error)
    {
        graph.MayRead = mayRead;
        graph.Takes = _ => isGood;
        var look = () => MailProbe.Try(Server(), tokens, null, fixture.Clock, CancellationToken.None);
        if (error is null)
        {
            Assert.Equal("Microsoft Graph with the identity 'corp'", look().Mechanism);
        }
        else
        {
            Assert.Equal(error, Assert.Throws<ReportException>(() => _ = look()).ErrorId);
        }

        Assert.Empty(graph.Sent);
    }

    [Theory]
    [InlineData(GraphCloud.Global, "https://graph.microsoft.com")]
    [InlineData(GraphCloud.UsGov, "https://graph.microsoft.us")]
    [InlineData(GraphCloud.UsGovDoD, "https://dod-graph.microsoft.us")]
    [InlineData(GraphCloud.China, "https://microsoftgraph.chinacloudapi.cn")]
    public void Each_cloud_has_its_address(GraphCloud cloud, string address) =>
        Assert.Equal(address, new ReportMailServer { Graph = true, Cloud = cloud }.GraphAddress);

    private static byte[] Bytes(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return bytes.ToArray();
    }

    private static void Same(IEnumerable<string> files, IEnumerable<(string Name, byte[] Bytes)> got) => Assert.Equal(
        files.Select(file => (Path.GetFileName(file), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))).Order(),
        got.Select(file => (file.Name, Convert.ToHexString(SHA256.HashData(file.Bytes)))).Order());

    private void Files(params int[] sizes)
    {
        var random = new Random(1);
        var files = sizes.Select((size, index) =>
        {
            var bytes = new byte[size];
            random.NextBytes(bytes);
            var path = Path.Combine(fixture.Folder, $"file {index}.bin");
            File.WriteAllBytes(path, bytes);
            return path;
        });
        fixture.Export = fixture.Export with { Files = [.. files] };
    }

    private ReportMailServer Server(Action<ReportMailServer>? change = null)
    {
        var server = new ReportMailServer
        {
            Name = "office",
            Graph = true,
            GraphEndpoint = graph.Address,
            Identity = "corp",
            From = "Berichte <reports@example.com>",
        };
        change?.Invoke(server);
        return server;
    }

    private ReportDelivery Sent(Action<ReportMailServer>? change = null)
    {
        var server = Server(change);
        var mail = fixture.Compose(server);
        Send(mail, server);
        return mail;
    }

    private void Send(ReportDelivery mail, ReportMailServer server)
    {
        using var stop = new CancellationTokenSource();
        MailSender.Send(mail, fixture.Drops, server, tokens, fixture.Clock, stop.Token);
    }
}
