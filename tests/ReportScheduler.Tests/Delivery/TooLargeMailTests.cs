using MimeKit;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Tests.Delivery.Mail;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery;

/// <summary>A mail that the server does not take for its size reaches people all
/// the same, where a copy of its files is somewhere.</summary>
public sealed class TooLargeMailTests : IDisposable
{
    private const string Copy = "/srv/reports/noise & more.txt";

    private readonly MailFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    // the server says what it takes
    [InlineData(60_000, null, null, null)]
    // the mail server is said to take no more
    [InlineData(null, 60_000L, null, null)]
    // it says it only when it is asked to take the message
    [InlineData(null, null, "DATA", "552 5.3.4 Message size exceeds fixed limit")]
    [InlineData(null, null, ".", "552 5.3.4 Message size exceeds fixed maximum message size")]
    [InlineData(null, null, ".", "552-5.2.3 Your message exceeded our message size limits\r\n552 5.2.3 see the help")]
    [InlineData(null, null, ".", "550 5.3.4 too big for us")]
    [InlineData(null, null, ".", "552 message too large")]
    public void It_goes_out_with_the_places_of_the_files(int? said, long? own, string? command, string? answer)
    {
        using var smtp = new SmtpServer { Size = said };
        smtp.Answer = line => line == command && smtp.Commands.Count(sent => sent == "DATA") < 3 ? answer : null;
        Noise();
        fixture.Drops.Add(
            new ReportDelivery { Kind = DeliveryKind.Folder, Target = "/srv/reports", State = DeliveryState.Sent, DroppedFiles = [Copy] });
        var server = MailFixture.Server(smtp);
        server.MaxMessageSize = own;
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);

        Assert.Equal((DeliveryState.Sent, null, true), (delivery.State, delivery.Error, delivery.IsWhole));
        Assert.Equal($"The files are too large for the mail server '127.0.0.1:{smtp.Port}': the mail says where their copies are.",
            delivery.Note);
        var message = Assert.Single(smtp.Messages).Message;
        Assert.Empty(message.Attachments);
        Assert.Equal(delivery.MessageId, message.MessageId);
        Assert.StartsWith($"The file of this report is too large for this mail. It is here:\n    {Copy}\n\n",
            message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("too large for this mail. It is here:</b><br>/srv/reports/noise &amp; more.txt</p><h1", message.HtmlBody,
            StringComparison.Ordinal);
        Assert.DoesNotContain("attached", message.TextBody + message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("All are in the files named at the top.", message.TextBody, StringComparison.Ordinal);
        // the saved message keeps its files, for a server that takes more
        Assert.Single(MimeMessage.Load(delivery.MessagePath!).Attachments);
    }

    [Theory]
    [InlineData("552 5.3.4 too big")]
    [InlineData("552 too big")]
    public void A_server_that_says_it_afterwards_gets_the_files_zipped_where_that_helps(string answer)
    {
        using var smtp = new SmtpServer();
        smtp.Answer = line => line == "." && smtp.Commands.Count(sent => sent == "DATA") < 2 ? answer : null;
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Sent, null, null), (delivery.State, delivery.Error, delivery.Note));
        Assert.Equal("report.zip",
            Assert.IsType<MimePart>(Assert.Single(smtp.Messages.Single().Message.Attachments), exactMatch: false).FileName);
    }

    [Theory]
    [InlineData(null, DeliveryState.Failed,
        "Give the task a -Destination for the files, and the mail lists their paths; or select fewer columns and rows.")]
    [InlineData(DeliveryState.Pending, DeliveryState.Pending,
        "It is retried when the copy in '/srv/reports' is made, and then lists its path.")]
    [InlineData(DeliveryState.Failed, DeliveryState.Failed, "The copy in '/srv/reports', which the mail could name instead, failed as "
        + "well: correct that, and Send-ReportRun -FailedOnly sends both.")]
    public void Without_a_copy_it_is_not_sent_and_nothing_is_advised_that_is_done(DeliveryState? drop, DeliveryState state, string advice)
    {
        using var smtp = new SmtpServer { Size = 60_000 };
        Noise();
        if (drop is { } copy)
        {
            fixture.Drops.Add(new ReportDelivery { Kind = DeliveryKind.Folder, Target = "/srv/reports", State = copy });
        }

        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((state, nameof(MailErrors.MessageTooLarge), null), (delivery.State, delivery.ErrorId, delivery.Note));
        Assert.EndsWith(advice, delivery.Error, StringComparison.Ordinal);
        Assert.Empty(smtp.Messages);
    }

    [Theory]
    [InlineData("552 5.3.4 Message too big for system")]
    [InlineData("523 5.3.4 too long")]
    [InlineData("552 message too large")]
    public void A_server_that_says_it_afterwards_leaves_the_same_advice(string answer)
    {
        using var smtp = new SmtpServer { Answer = line => line == "." ? answer : null };
        Noise();
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((DeliveryState.Failed, nameof(MailErrors.MessageTooLarge)), (delivery.State, delivery.ErrorId));
        Assert.Contains($"rejects the message as too large, even with its files zipped: {answer}. Give the task a -Destination",
            delivery.Error, StringComparison.Ordinal);
        Assert.Empty(smtp.Messages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_takes_mails_from_a_folder_has_a_limit_too(bool isCopied)
    {
        Noise();
        if (isCopied)
        {
            fixture.Drops.Add(new ReportDelivery { Kind = DeliveryKind.Folder, Target = "/srv/reports", State = DeliveryState.Sent,
                DroppedFiles = [Copy] });
        }

        var folder = Path.Combine(fixture.Folder, "pickup");
        var server = new ReportMailServer { Name = "pickup", PickupDirectory = folder, From = "r@example.com", MaxMessageSize = 60_000 };
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        if (isCopied)
        {
            Assert.Equal((DeliveryState.Sent, null), (delivery.State, delivery.Error));
            var message = MimeMessage.Load(Assert.Single(Directory.GetFiles(folder, "*.eml")));
            Assert.Empty(message.Attachments);
            Assert.Contains(Copy, message.TextBody, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((DeliveryState.Failed, nameof(MailErrors.MessageTooLarge)), (delivery.State, delivery.ErrorId));
            Assert.False(Directory.Exists(folder) && Directory.GetFiles(folder).Length > 0);
        }
    }

    [Theory]
    [InlineData("552 5.2.2 mailbox full")]
    [InlineData("554 5.7.1 that is spam")]
    [InlineData("452 4.3.1 no space")]
    public void A_refusal_for_another_reason_makes_no_mail_smaller(string answer)
    {
        using var smtp = new SmtpServer { Answer = line => line == "." ? answer : null };
        fixture.Drops.Add(
            new ReportDelivery { Kind = DeliveryKind.Folder, Target = "/srv/reports", State = DeliveryState.Sent, DroppedFiles = [Copy] });
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        Assert.Equal((nameof(MailErrors.MailRefused), null), (delivery.ErrorId, delivery.Note));
        Assert.Single(smtp.Commands, command => command == "DATA");
    }

    private void Noise()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        fixture.Export = fixture.Export with { Files = [fixture.File("noise & more.txt", Convert.ToBase64String(noise))],
            Datasets = [MailFixture.Sales(rows: 5000)] };
    }
}
