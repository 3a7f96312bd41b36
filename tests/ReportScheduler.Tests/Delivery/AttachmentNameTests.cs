using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using ReportScheduler.Tests.Delivery.Mail;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery;

/// <summary>The names of attachments, as other programs than ours read them.</summary>
public sealed partial class AttachmentNameTests : IDisposable
{
    private const string Reader = """
        import email, email.policy, email.header, sys
        with open(sys.argv[1], 'rb') as file:
            message = email.message_from_binary_file(file, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_disposition() == 'attachment':
                name = str(email.header.make_header(email.header.decode_header(part.get_param('name'))))
                print((part.get_filename() + '|' + name).encode('utf-8').hex())
        """;

    private readonly MailFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    public static TheoryData<string> Names => new(
        "plain.csv",
        "two words (final).csv",
        "Umsätze.csv",
        "Umsätze 売上 für das dritte Quartal — Übersicht aller Regionen und Länder 2026 (endgültig).xlsx",
        "売上売上売上売上売上売上売上売上売上売上売上売上売上売上売上売上売上売上売上売上売上売上.pdf",
        "Ödön's 100% \"größte\" Liste; Teil=2.csv",
        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀.csv");

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_reader_finds_the_name_in_both_places(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file names with quotes are made; run this on Linux or macOS");
        fixture.Export = fixture.Export with { Files = [fixture.File(name, "a\r\n1\r\n")] };
        using var smtp = new SmtpServer();
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        fixture.Send(delivery, server);
        var path = Path.Combine(fixture.Folder, "received.eml");
        Assert.Single(smtp.Messages).Message.WriteTo(path);

        Assert.Equal($"{name}|{name}", Read(path));
        var head = Encoding.ASCII.GetString(File.ReadAllBytes(path));
        Assert.DoesNotContain("name*", ContentType().Match(head).Value, StringComparison.Ordinal);
        foreach (Match word in EncodedWord().Matches(head))
        {
            Assert.InRange(word.Length, 1, 75);
        }

        Assert.All(head.Split("\r\n").SelectMany(line => line.Split('\n')),
            line => Assert.InRange(line.Length, 0, EncodedWord().IsMatch(line) ? 76 : 998));
    }

    [Fact]
    public void Subjects_and_people_are_in_encoded_words_that_are_short_enough()
    {
        fixture.Task.Subject = string.Concat(Enumerable.Repeat("Übersicht für Zürich 売上 ", 12));
        fixture.Task.To = [$"{string.Concat(Enumerable.Repeat("Jürgen Müller-Lüdenscheidt ", 6)).Trim()} <j@example.com>"];
        using var smtp = new SmtpServer();
        var server = MailFixture.Server(smtp);
        var delivery = fixture.Compose(server);
        var words = EncodedWord().Matches(File.ReadAllText(delivery.MessagePath!));
        Assert.NotEmpty(words);
        Assert.All(words, word => Assert.InRange(word.Length, 1, 75));
        Assert.Equal(fixture.Task.Subject.Trim(), MimeMessage.Load(delivery.MessagePath!).Subject);
        // RFC 2047: a line with encoded words in it has 76 letters at most, the name of the field with it
        Assert.All(File.ReadAllLines(delivery.MessagePath!).Where(line => EncodedWord().IsMatch(line)),
            line => Assert.InRange(line.Length, 1, 76));
    }

    private string Read(string path)
    {
        var script = fixture.File("read.py", Reader);
        using var python = Process.Start(new ProcessStartInfo("python3", [script, path]) { RedirectStandardOutput = true });
        Assert.NotNull(python);
        var said = python.StandardOutput.ReadToEnd().Trim();
        python.WaitForExit();
        return Encoding.UTF8.GetString(Convert.FromHexString(said));
    }

    [GeneratedRegex(@"=\?[^?\s]+\?[bqBQ]\?[^?\s]*\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(?m)^Content-Type: (application|text)/(csv|vnd|pdf|octet)[^\n]*\n([ \t][^\n]*\n)*")]
    private static partial Regex ContentType();
}
