using System.Security.Cryptography;
using System.Text.Json;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>The built module against a mail server that companies run: what arrives in the box is read by Python.</summary>
public sealed class PostfixTests : IClassFixture<PostfixServer>, IDisposable
{
    private const string Read = """
        import email, email.policy, hashlib, json, sys
        mail = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
        print(json.dumps({
            'subject': mail['Subject'], 'id': mail['Message-Id'], 'defects': [str(defect) for part in mail.walk() for defect in part.defects],
            'to': [[one.display_name, one.addr_spec] for one in mail['To'].addresses], 'cc': [one.addr_spec for one in (mail['Cc'].addresses if mail['Cc'] else [])],
            'all': mail.as_string(), 'html': mail.get_body(('html',)).get_content(), 'text': mail.get_body(('plain',)).get_content(),
            'files': {part.get_filename(): hashlib.sha256(part.get_content() if isinstance(part.get_content(), bytes) else part.get_payload(decode=True)).hexdigest()
                      for part in mail.iter_attachments()}}))
        """;

    private readonly PostfixServer postfix;
    private readonly PowerShellSession session = new();

    public PostfixTests(PostfixServer postfix)
    {
        this.postfix = postfix;
        session.Run(
            """
            New-ReportConnection mem ':memory:'
            New-ReportMailServer office -SmtpHost localhost -Port $port -Security None -From 'Berichte <reports@example.com>'
            """,
            new { port = postfix.Port }).NoErrors();
    }

    public void Dispose() => session.Dispose();

    [Fact]
    public void What_arrives_is_what_was_made()
    {
        var run = session.Run("""
            $null = New-ReportTask 'Umsätze täglich' mem -Query "select 'Nord' as region, 10.5 as total union all select 'Süd 売上', 3" -Format Excel, Csv `
                -To '"Lovelace, Ada" <ada.all@example.com>', 'Grüße 売 <bob.all@example.com>' -Cc chloe.all@example.com -Bcc hidden.all@example.com `
                -Subject 'Umsätze 売上 🙂: {{ run.rows }} Zeilen, und der Betreff ist länger als eine Zeile einer Mail sein darf' `
                -Body 'Süd 売上 <b> & {{ task.name }}'
            Invoke-ReportTask 'Umsätze täglich'
            """).Single();
        Assert.Equal("Succeeded", run.Outcome.ToString());
        foreach (var address in new[] { "ada.all", "bob.all", "chloe.all", "hidden.all" })
        {
            var mail = Parse(Assert.Single(postfix.Mails($"{address}@example.com")));
            Assert.Empty(mail.GetProperty("defects").EnumerateArray());
            Assert.Equal("Umsätze 売上 🙂: 2 Zeilen, und der Betreff ist länger als eine Zeile einer Mail sein darf",
                mail.GetProperty("subject").GetString());
            Assert.Equal((string)run.Deliveries[0].MessageId, mail.GetProperty("id").GetString()!.Trim('<', '>'));
            Assert.Equal("""[["Lovelace, Ada","ada.all@example.com"],["Gr\u00FC\u00DFe \u58F2","bob.all@example.com"]]""",
                JsonSerializer.Serialize(mail.GetProperty("to")));
            Assert.Equal(["chloe.all@example.com"], mail.GetProperty("cc").EnumerateArray().Select(one => one.GetString()));
            Assert.Equal(
                ((string[])run.Files).ToDictionary(file => Path.GetFileName(file),
                    file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))),
                mail.GetProperty("files").EnumerateObject().ToDictionary(file => file.Name, file => file.Value.GetString()!));
            Assert.Contains("Süd 売上 <b> & Umsätze täglich", System.Net.WebUtility.HtmlDecode(mail.GetProperty("html").GetString()),
                StringComparison.Ordinal);
            Assert.Contains("Süd 売上 <b> & Umsätze täglich", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.Equal(address == "hidden.all", mail.GetProperty("all").GetString()!.Contains("hidden.all", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_refused_recipient_is_named_with_the_servers_words_and_the_others_get_it()
    {
        postfix.Answer("nobody@example.com", "550 5.1.1 no such user here");
        var result = session.Run("""
            $null = New-ReportTask t mem -Query 'select 1 as a' -Format Csv -To good.550@example.com, nobody@example.com -MailServer office
            Invoke-ReportTask t
            """);
        dynamic run = Assert.Single(result.Output);
        Assert.Equal("PartiallyDelivered", run.Outcome.ToString());
        var error = result.Error();
        Assert.Equal("RecipientsRefused,ReportScheduler.Commands.InvokeReportTaskCommand", error.FullyQualifiedErrorId);
        Assert.Contains("the recipient 'nobody@example.com': 550 5.1.1 <nobody@example.com>: Recipient address rejected: no such user here",
            error.Exception.Message, StringComparison.Ordinal);
        Assert.Single(postfix.Mails("good.550@example.com"));
        Assert.Empty(postfix.Mails("nobody@example.com"));
    }

    [Fact]
    public void A_recipient_that_was_put_off_gets_it_later_and_the_others_get_nothing_twice()
    {
        postfix.Answer("later@example.com", "450 4.7.1 greylisted, try again");
        var result = session.Run("""
            $null = New-ReportTask t mem -Query 'select random() as a' -Format Csv -To good.450@example.com, later@example.com -Retry 0
            Invoke-ReportTask t
            """);
        dynamic run = Assert.Single(result.NoErrors().Output);
        Assert.Equal("Delivering", run.Outcome.ToString());
        Assert.Contains("450 4.7.1 <later@example.com>: Recipient address rejected: greylisted, try again", Assert.Single(result.Warnings),
            StringComparison.Ordinal);

        postfix.Answer("later@example.com", null);
        Assert.Equal("Succeeded", session.Run("Get-ReportRun t | Send-ReportRun -FailedOnly").Single().Outcome.ToString());
        var late = Parse(Assert.Single(postfix.Mails("later@example.com")));
        Assert.Equal(JsonSerializer.Serialize(late.GetProperty("files")),
            JsonSerializer.Serialize(Parse(Assert.Single(postfix.Mails("good.450@example.com"))).GetProperty("files")));
    }

    [Fact]
    public void A_certificate_that_nobody_trusts_is_said_and_nothing_is_sent_in_the_clear()
    {
        var result = session.Run("""
            Set-ReportMailServer office -Security StartTls
            $null = New-ReportTask t mem -Query 'select 1 as a' -Format Csv -To tls@example.com
            Invoke-ReportTask t
            """);
        var error = result.Error();
        Assert.Equal("MailCertificateNotTrusted,ReportScheduler.Commands.InvokeReportTaskCommand", error.FullyQualifiedErrorId);
        Assert.Contains("The certificate of the mail server 'localhost", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Install its issuer", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(postfix.Mails("tls@example.com"));
    }

    [Fact]
    public void A_certificate_that_this_computer_trusts_carries_the_mail()
    {
        session.Run("Set-ReportMailServer office -Security StartTls; $null = New-ReportTask t mem -Query 'select 1 as a' -Format Csv -To "
            + "trusted@example.com").NoErrors();
        var ended = HostProcess.Run(
            session.Folder,
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = postfix.Certificate, ["REPORTSCHEDULER_STORE"] = session.StorePath },
            "-Command", "(Invoke-ReportTask t).Outcome");
        Assert.Equal((0, "Succeeded"), (ended.ExitCode, ended.Output.Trim()));
        Assert.Contains("with ESMTPS", File.ReadAllText(Assert.Single(postfix.Mails("trusted@example.com"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_hundred_people_get_one_mail_each()
    {
        var run = session.Run("""
            $null = New-ReportTask t mem -Query 'select 1 as a' -Format Csv -To (1..300 | ForEach-Object { "`"Name, $_`" <many$_@example.com>" })
            Invoke-ReportTask t
            """).Single();
        Assert.Equal("Succeeded", run.Outcome.ToString());
        Assert.All(new[] { 1, 150, 300 }, number =>
            Assert.Equal(300, Parse(Assert.Single(postfix.Mails($"many{number}@example.com"))).GetProperty("to").GetArrayLength()));
    }

    [Fact]
    public void A_mail_that_is_larger_than_the_server_takes_is_said_with_both_sizes()
    {
        var error = session.Run("""
            $null = New-ReportTask t mem -Query 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 6000) select hex(randomblob(100)) as a from n' -Format Csv -To large@example.com
            Invoke-ReportTask t
            """).Error();
        Assert.Equal("MessageTooLarge,ReportScheduler.Commands.InvokeReportTaskCommand", error.FullyQualifiedErrorId);
        Assert.Contains(FormattableString.Invariant($"takes {PostfixServer.MostBytes:N0}"), error.Exception.Message,
            StringComparison.Ordinal);
        Assert.Empty(postfix.Mails("large@example.com"));
    }

    private static JsonElement Parse(string mail)
    {
        using var python = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("python3", ["-c", Read, mail]) { RedirectStandardOutput = true })!;
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return JsonDocument.Parse(output).RootElement;
    }
}
