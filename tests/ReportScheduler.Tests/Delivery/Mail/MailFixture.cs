using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Rows;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Delivery.Mail;

/// <summary>A finished run with one file, a store for the password, and a fixed clock.</summary>
internal sealed class MailFixture : IDisposable
{
    public MailFixture()
    {
        Store = StoreFile.Open(Path.Combine(Folder, "reports.db"), StoreScope.User, clock: Clock);
        Run = new ReportRun { Id = "run-1", TaskId = "t1", TaskName = Task.Name, DueAt = Clock.GetUtcNow(), Folder = Folder };
        Export = new ExportResult([File("Umsätze 売上.csv", "region,total\r\nNorth,10\r\n")], [Sales()],
            TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(Task.TimeZone)));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("report-mail-").FullName;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public IReportStore Store { get; }

    public ReportTask Task { get; } = new()
    {
        Id = "t1",
        Name = "Umsätze täglich",
        TimeZone = "Europe/Berlin",
        To = ["Ada Lovelace <ada@example.com>", "bob@example.com"],
        Cc = ["Chloé Ünal <chloe@example.com>"],
        Bcc = ["hidden@example.com"],
    };

    public ReportRun Run { get; }

    public ExportResult Export { get; set; }

    /// <summary>The file drops beside the mail.</summary>
    public List<ReportDelivery> Drops { get; } = [];

    public static ReportMailServer Server(SmtpServer smtp, MailSecurity security = MailSecurity.None) => new()
    {
        Name = "office",
        SmtpHost = "127.0.0.1",
        Port = smtp.Port,
        Security = security,
        From = "Berichte <reports@example.com>",
        Timeout = TimeSpan.FromSeconds(30),
    };

    public string File(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public ReportDelivery Compose(ReportMailServer server, string? redirectTo = null)
    {
        var delivery = new ReportDelivery { RunId = Run.Id, TaskId = Task.Id, Target = server.Name, Files = [.. Export.Files] };
        MailComposer.Compose(delivery, Task, Run, Export, server, redirectTo, Clock);
        return delivery;
    }

    /// <summary>Sends with a token that can be cancelled, as every caller has one: MailKit waits otherwise then.</summary>
    public void Send(ReportDelivery delivery, ReportMailServer server)
    {
        using var stop = new CancellationTokenSource();
        MailSender.Send(delivery, Drops, server, Store.Secrets, Clock, stop.Token);
    }

    public static DatasetPreview Sales(long rows = 2) => new(
        "Sales",
        [new(0, "region", "Region", ColumnKind.Text), new(1, "total", "Total", ColumnKind.Decimal)],
        rows,
        [["North <b>&", "10.50"], ["South", null]]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
