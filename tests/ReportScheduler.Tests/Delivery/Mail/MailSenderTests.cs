using System.Diagnostics;
using System.IO.Compression;
using MimeKit;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery.Mail;

public sealed class MailSenderTests : IDisposable
{
    private static readonly string[] Everybody = ["ada@example.com", "bob@example.com", "chloe@example.com", "hidden@example.com"];

    private readonly MailFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_mail_arrives_whole_once_for_everybody()
    {
        using var smtp = new SmtpServer();
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);

        Assert.Equal((DeliveryState.Sent, null, fixture.Clock.GetUtcNow()), (delivery.State, delivery.Error, delivery.SentAt));
        Assert.All(delivery.Recipients, recipient => Assert.Equal(DeliveryState.Sent, recipient.State));
        var mail = Assert.Single(smtp.Messages);
        Assert.Equal("reports@example.com", mail.From);
        Assert.Equal(Everybody, mail.To);
        var message = mail.Message;
        Assert.Equal("Umsätze täglich 2026-03-01", message.Subject);
        Assert.Equal(("Berichte", "Ada Lovelace", "Chloé Ünal"),
            (message.From.Single().Name, message.To[0].Name, message.Cc.Single().Name));
        Assert.Equal(delivery.MessageId, message.MessageId);
        Assert.Equal(("auto-generated", "All"), (message.Headers[HeaderId.AutoSubmitted], message.Headers["X-Auto-Response-Suppress"]));
        Assert.Equal(TimeSpan.FromHours(1), message.Date.Offset);
        Assert.DoesNotContain("hidden@example.com", message.ToString(), StringComparison.Ordinal);
        Assert.Contains("Data as of 2026-03-01 09:00 (Europe/Berlin)", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("North &lt;b&gt;&amp;", message.HtmlBody, StringComparison.Ordinal);
        var attachment = Assert.IsType<MimePart>(Assert.Single(message.Attachments), exactMatch: false);
        Assert.Equal("Umsätze 売上.csv", attachment.FileName);
        using var content = new MemoryStream();
        attachment.Content!.DecodeTo(content);
        Assert.Equal(File.ReadAllBytes(fixture.Export.Files[0]), content.ToArray());
    }

    [Fact]
    public void A_refused_recipient_is_named_and_the_others_get_theirs()
    {
        using var smtp =
            new SmtpServer { Answer = line => line.StartsWith("RCPT TO:<bob@", StringComparison.Ordinal) ? "550 no such user" : null };
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);

        Assert.Equal((DeliveryState.Sent, "RecipientsRefused", false), (delivery.State, delivery.ErrorId, delivery.IsWhole));
        Assert.Contains("refused the recipient 'bob@example.com': 550 no such user", delivery.Error, StringComparison.Ordinal);
        Assert.Equal([DeliveryState.Sent, DeliveryState.Failed, DeliveryState.Sent, DeliveryState.Sent],
            delivery.Recipients.Select(recipient => recipient.State));
        Assert.Equal(Everybody.Where(address => address != "bob@example.com"), Assert.Single(smtp.Messages).To);
    }

    [Fact]
    public void A_recipient_who_is_busy_gets_it_in_the_next_attempt_alone()
    {
        using var smtp =
            new SmtpServer { Answer = line => line.StartsWith("RCPT TO:<bob@", StringComparison.Ordinal) ? "450 mailbox busy" : null };
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Pending, "RecipientsRefused"), (delivery.State, delivery.ErrorId));

        smtp.Answer = _ => null;
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Sent, null, true), (delivery.State, delivery.Error, delivery.IsWhole));
        Assert.Equal(2, smtp.Messages.Count);
        Assert.Equal(["bob@example.com"], smtp.Messages.Last().To);
        Assert.Single(smtp.Messages.Select(mail => mail.Message.MessageId).Distinct());
    }

    // the message has four recipients: it is asked after each, and then while the message goes out
    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void A_runner_that_may_not_send_any_more_hangs_up_before_the_message_is_whole(int call, bool hasBegun)
    {
        using var smtp = new SmtpServer();
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        using var lost = new CancellationTokenSource();
        var calls = 0;
        Assert.Throws<OperationCanceledException>(() => MailSender.Send(delivery, [], server, fixture.Store.Secrets, fixture.Clock,
            lost.Token,
            () =>
            {
                if (++calls == call)
                {
                    lost.Cancel();
                }

                lost.Token.ThrowIfCancellationRequested();
            }));
        Assert.Equal(DeliveryState.Pending, delivery.State);
        Assert.Equal(hasBegun, smtp.Commands.Contains("DATA"));
        Assert.Empty(smtp.Messages);

        fixture.Send(delivery, server);
        Assert.Equal(DeliveryState.Sent, delivery.State);
        Assert.Single(smtp.Messages);
    }

    [Theory]
    // permanent
    [InlineData("RCPT", "550 no such user", DeliveryState.Failed, "RecipientsRefused", "550 no such user")]
    [InlineData("MAIL", "550 not from you", DeliveryState.Failed, "MailRefused", "550 not from you")]
    [InlineData("MAIL", "530 5.7.57 client not authenticated", DeliveryState.Failed, "MailLoginNeeded",
        "Set-ReportMailServer -Credential gives it a user name and password: 5.7.57 client not authenticated")]
    [InlineData(".", "554 that is spam", DeliveryState.Failed, "MailRefused", "554 that is spam")]
    [InlineData("DATA", "552 too much", DeliveryState.Failed, "MessageTooLarge", "552 too much")]
    // passing
    [InlineData("RCPT", "450 greylisted", DeliveryState.Pending, "RecipientsRefused", "450 greylisted")]
    [InlineData("MAIL", "451 later", DeliveryState.Pending, "MailRefused", "451 later")]
    [InlineData(".", "452 disk full", DeliveryState.Pending, "MailRefused", "452 disk full")]
    [InlineData("CONNECT", "421 too busy", DeliveryState.Pending, "MailRefused", "421 too busy")]
    public void A_refusal_is_final_or_not_as_the_server_says(string command, string answer, DeliveryState state, string errorId,
        string words)
    {
        using var smtp = new SmtpServer { Answer = line => line.Split(' ', ':')[0] == command ? answer : null };
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((state, errorId), (delivery.State, delivery.ErrorId));
        Assert.Contains(words, delivery.Error, StringComparison.Ordinal);
        Assert.All(delivery.Recipients, recipient => Assert.Equal(state, recipient.State));
        Assert.Empty(smtp.Messages);
    }

    [Theory]
    [InlineData("EHLO", DeliveryState.Pending, "MailServerUnreachable")]
    [InlineData("MAIL", DeliveryState.Pending, "MailServerUnreachable")]
    [InlineData("DATA", DeliveryState.Pending, "MailServerUnreachable")]
    [InlineData("MID", DeliveryState.Pending, "MailServerUnreachable")]
    [InlineData(".", DeliveryState.Uncertain, "MailUncertain")]
    [InlineData("QUIT", DeliveryState.Sent, null)]
    public void A_server_that_hangs_up_leaves_a_doubt_only_after_the_dot(string command, DeliveryState state, string? errorId)
    {
        using var smtp = new SmtpServer { HangUpOn = command };
        fixture.Export = fixture.Export with { Files = [.. fixture.Export.Files, fixture.File("large.csv", new string('x', 2_000_000))] };
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((state, errorId), (delivery.State, delivery.ErrorId));
        Assert.All(delivery.Recipients, recipient => Assert.Equal(state, recipient.State));
    }

    [Theory]
    [InlineData("EHLO", DeliveryState.Pending, "MailServerSilent")]
    [InlineData("DATA", DeliveryState.Pending, "MailServerSilent")]
    [InlineData(".", DeliveryState.Uncertain, "MailUncertain")]
    [InlineData("QUIT", DeliveryState.Sent, null)]
    public void A_server_that_says_nothing_is_given_up_after_the_time_allowed(string command, DeliveryState state, string? errorId)
    {
        using var smtp = new SmtpServer { StallOn = command };
        var server = MailFixture.Server(smtp);
        server.Timeout = server.AnswerTimeout = TimeSpan.FromSeconds(1);
        var delivery = fixture.Compose(server);
        var watch = Stopwatch.StartNew();
        fixture.Send(delivery, server);
        Assert.Equal((state, errorId), (delivery.State, delivery.ErrorId));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    [Theory]
    [InlineData("DATA", DeliveryState.Pending, true)]
    [InlineData(".", DeliveryState.Uncertain, false)]
    public async Task Stopping_does_not_hide_that_a_mail_may_have_gone_out(string command, DeliveryState state, bool throws)
    {
        using var smtp = new SmtpServer { StallOn = command };
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var send = Task.Run(() => MailSender.Send(delivery, [], server, fixture.Store.Secrets, fixture.Clock, cancel.Token));
        if (throws)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send);
        }
        else
        {
            await send;
        }

        Assert.Equal(state, delivery.State);
    }

    [Fact]
    public void A_refused_port_and_an_unknown_host_wait_for_better_times()
    {
        var smtp = new SmtpServer();
        var server = MailFixture.Server(smtp);
        smtp.Dispose();
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Pending, "MailServerUnreachable"), (delivery.State, delivery.ErrorId));
        Assert.Contains($"'127.0.0.1:{server.Port}' refuses the connection: nothing listens there", delivery.Error,
            StringComparison.Ordinal);

        server.SmtpHost = "no-such-host.invalid";
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Pending, "MailHostUnknown"), (delivery.State, delivery.ErrorId));
    }

    [Fact]
    public void What_is_too_large_is_zipped()
    {
        using var smtp = new SmtpServer { Size = 40_000 };
        var csv = fixture.File("long.csv", string.Concat(Enumerable.Repeat("region,total\r\n", 10_000)));
        fixture.Export = fixture.Export with { Files = [csv, .. fixture.Export.Files] };
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Sent, null), (delivery.State, delivery.Error));
        var part = Assert.IsType<MimePart>(Assert.Single(smtp.Messages.Single().Message.Attachments), exactMatch: false);
        Assert.Equal("report.zip", part.FileName);
        using var archive = new ZipArchive(part.Content!.Open());
        Assert.Equal(["long.csv", "Umsätze 売上.csv"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal(new FileInfo(csv).Length, archive.Entries[0].Length);
    }

    [Theory]
    [InlineData(50_000, null, "takes 50,000")]
    [InlineData(null, 60_000L, "takes 60,000")]
    [InlineData(50_000, 40_000L, "takes 40,000")]
    public void What_is_too_large_even_zipped_is_not_sent_and_both_sizes_are_named(int? said, long? own, string words)
    {
        using var smtp = new SmtpServer { Size = said };
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        fixture.Export = fixture.Export with { Files = [fixture.File("noise.txt", Convert.ToBase64String(noise))] };
        var server = MailFixture.Server(smtp);
        server.MaxMessageSize = own;
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Failed, "MessageTooLarge"), (delivery.State, delivery.ErrorId));
        Assert.Contains(words, delivery.Error, StringComparison.Ordinal);
        Assert.Matches(@"has 1\d\d,\d{3} bytes", delivery.Error);
        Assert.DoesNotContain(smtp.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mail_without_an_attachment_that_was_asked_for_is_not_sent()
    {
        using var smtp = new SmtpServer();
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        delivery.Files = [.. delivery.Files, Path.Combine(fixture.Folder, "sales.pdf")];
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Failed, "AttachmentMissing"), (delivery.State, delivery.ErrorId));
        Assert.Empty(smtp.Commands);
    }

    [Fact]
    public void A_saved_message_that_is_gone_is_an_error()
    {
        using var smtp = new SmtpServer();
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        File.Delete(delivery.MessagePath!);
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Failed, "MessageNotReadable"), (delivery.State, delivery.ErrorId));
    }

    [Fact]
    public void A_pickup_folder_gets_whole_messages_and_no_second_one()
    {
        var folder = Path.Combine(fixture.Folder, "pickup", "deep");
        var server = new ReportMailServer { Name = "pickup", PickupDirectory = folder, From = "reports@example.com" };
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        foreach (var recipient in delivery.Recipients)
        {
            recipient.State = DeliveryState.Pending;
        }

        fixture.Send(delivery, server);
        Assert.Equal(DeliveryState.Sent, delivery.State);
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.EndsWith(".eml", file, StringComparison.Ordinal);
        Assert.Equal(["hidden@example.com"], MimeMessage.Load(file).Bcc.Mailboxes.Select(mailbox => mailbox.Address));
        Assert.DoesNotContain("hidden@example.com", File.ReadAllText(delivery.MessagePath!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickup_folder_that_cannot_be_made_is_named()
    {
        var folder = Path.Combine(fixture.File("file", ""), "pickup");
        var server = new ReportMailServer { Name = "pickup", PickupDirectory = folder, From = "reports@example.com" };
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal("DropFailed", delivery.ErrorId);
        Assert.Contains($"'{folder}'", delivery.Error, StringComparison.Ordinal);
    }
}
