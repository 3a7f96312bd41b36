using MimeKit;
using ReportScheduler.Runs;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Splits;

/// <summary>A store with an SMTP server of its own, and runs of split reports.</summary>
internal sealed class SplitFixture : IDisposable
{
    /// <summary>Five rows of three keys, sorted; the key is an address.</summary>
    public const string Rows = "select column1 as reader, column2 as n from (values ('ada@x.org', 1), ('ada@x.org', 2), ('bob@x.org', "
        + "3), ('cyd@x.org', 4), ('cyd@x.org', 5))";

    private readonly RunFixture fixture = new();
    private readonly RunWorker worker;

    public SplitFixture()
    {
        worker = fixture.Worker();
        Store.MailServers.Put(
            new ReportMailServer { Name = "office", SmtpHost = "127.0.0.1", Port = Smtp.Port, Security = MailSecurity.None,
                From = "r@example.com", Timeout = TimeSpan.FromSeconds(20) }, PutMode.Add);
    }

    public SmtpServer Smtp { get; } = new();

    public ReportScheduler.Store.IReportStore Store => fixture.Store;

    public string Folder => fixture.Folder;

    public ReportTask Add(Action<ReportTask>? change = null) => fixture.AddTask("Sales", task =>
    {
        (task.Every, task.Query, task.SplitBy, task.To, task.MailServer,
            task.TimeZone) = (null, Rows, "reader", ["{{ split.key }}"], "office", "UTC");
        change?.Invoke(task);
    });

    public ReportRun Run(ReportTask task, RunOptions? options = null) =>
        worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, options ?? RunOptions.None, _ => { }, CancellationToken.None);

    public ReportRun SendAgain(ReportRun run, Func<ReportDelivery, bool> which) =>
        worker.Reopening.SendAgain(run, [.. run.Deliveries.Where(which)], failedOnly: true, CancellationToken.None);

    /// <summary>The lines of the first attached file of what an address got, without the heading; null when it got nothing.</summary>
    public string[]? Got(string address) =>
        Smtp.Messages.SingleOrDefault(mail => mail.To.Contains(address)) is { } mail ? Lines(mail.Message) : null;

    public static string[] Lines(MimeMessage message)
    {
        using var content = new MemoryStream();
        message.Attachments.OfType<MimePart>().First().Content!.DecodeTo(content);
        return [.. System.Text.Encoding.UTF8.GetString(content.ToArray()).TrimStart('\ufeff')
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)];
    }

    public void Dispose()
    {
        worker.Dispose();
        Smtp.Dispose();
        fixture.Dispose();
    }
}
