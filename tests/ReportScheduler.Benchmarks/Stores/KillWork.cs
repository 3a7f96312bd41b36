using System.Globalization;
using MailKit.Security;
using MimeKit;
using ReportScheduler.Runs;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Benchmarks.Stores;

/// <summary>One process of the comparison under kills: it makes the due times of a product, or works on them until it is killed.</summary>
internal static class KillWork
{
    /// <summary>So many due times, ten a second.</summary>
    public const int Jobs = 150;

    private const int Threads = 4;
    private static int port;

    /// <param name="words">"make" or "work", the product, the port of the mail server, and the first due time.</param>
    /// <param name="place">The product's database.</param>
    /// <param name="folder">A folder for this product.</param>
    public static string Run(string[] words, string place, string folder)
    {
        port = int.Parse(words[2], CultureInfo.InvariantCulture);
        var first = DateTimeOffset.FromUnixTimeSeconds(long.Parse(words[3], CultureInfo.InvariantCulture));
        DateTimeOffset[] due = [.. Enumerable.Range(0, Jobs).Select(i => first.AddMilliseconds(i * 100))];
        switch ($"{words[0]} {words[1]}")
        {
            case "make ours":
                Make(OurRunner.Make(place, folder), due);
                break;
            case "work ours":
                using (var loop = new RunnerLoop(OurRunner.Open(place, folder), TimeProvider.System,
                    new RunnerOptions { MaxConcurrent = Threads }))
                {
                    loop.Run(_ => { }, CancellationToken.None);
                }

                break;
            case "make quartz":
                QuartzPeer.MakeMails(place, due, Threads);
                break;
            case "work quartz":
                QuartzPeer.SendMails(place, Threads);
                break;
            case "make hangfire":
                HangfirePeer.MakeMails(place, due);
                break;
            case "work hangfire":
                HangfirePeer.SendMails(place, Threads);
                break;
            default:
                throw new ArgumentException(string.Join(' ', words));
        }

        return "";
    }

    public static string Subject(int job) => string.Create(CultureInfo.InvariantCulture, $"job {job}");

    /// <summary>What a job of the others does.</summary>
    public static void Send(int job)
    {
        using var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse("r@example.com"));
        message.To.Add(MailboxAddress.Parse("ada@example.com"));
        (message.Subject, message.Body) = (Subject(job), new TextPart("plain") { Text = "done" });
        using var client = new MailKit.Net.Smtp.SmtpClient();
        client.Connect("127.0.0.1", port, SecureSocketOptions.None);
        client.Send(message);
        client.Disconnect(quit: true);
    }

    private static void Make(RelationalStore store, DateTimeOffset[] due)
    {
        store.MailServers.Put(new ReportMailServer { Name = "mail", SmtpHost = "127.0.0.1", Port = port, Security = MailSecurity.None,
            From = "r@example.com" }, PutMode.Replace);
        for (var i = 0; i < due.Length; i++)
        {
            OurRunner.PutMailed(store, i, due[i], "mail", Subject(i));
        }
    }
}
