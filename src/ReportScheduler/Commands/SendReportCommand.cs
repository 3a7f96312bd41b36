using System.Management.Automation;
using ReportScheduler.Delivery;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Exports;
using ReportScheduler.Files;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Mails a report of the objects of a pipeline, without a task.</summary>
/// <remarks>
/// The mail leaves at once through a mail server of the store, with two more attempts when that is busy. It is in no history and is not
/// tried later: when it was not sent, the command ends with an error. For reports that matter, make a task.
/// Without -Format the rows are shown in the mail body.
/// </remarks>
/// <example>
/// <code>Get-Process | Where-Object CPU -gt 1000 | Send-Report -Subject 'Busy processes' -To ops@example.com -Format Excel -Property Name, Id, CPU</code>
/// <para>Mails a workbook of the processes.</para>
/// </example>
[Cmdlet(VerbsCommunications.Send, "Report", SupportsShouldProcess = true)]
[OutputType(typeof(ReportDelivery))]
public sealed class SendReportCommand : ObjectReportCommand
{
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly StopSignal stop = new();
    private ReportTask? task;
    private ReportMailServer? server;

    /// <summary>The recipients' addresses, several as an array.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] To { get; set; } = [];

    /// <summary>The addresses that get a copy.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Cc { get; set; }

    /// <summary>The addresses that get a blind copy.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Bcc { get; set; }

    /// <summary>The subject, a Liquid template such as 'Disks of {{ run.due_at |
    /// date: "%d %b" }}'. Default: the title and the day.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Subject { get; set; }

    /// <summary>The text above the rows, a Liquid template. Default: how many rows there are.</summary>
    [Parameter]
    public string? Body { get; set; }

    /// <summary>The files to attach: Excel, Pdf, Csv, Html, Json, or their extensions. With none, the rows are
    /// shown in the mail body.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [FormatTransformation]
    public ReportFormat[]? Format { get; set; }

    /// <summary>The report mail server. Not needed where the store has one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MailServerNameCompleter))]
    public string? MailServer { get; set; }

    /// <summary>Shows what became of the mail.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        stop.Stop();
        base.StopProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        stop.Dispose();
    }

    private protected override bool Prepare(ReportTask task)
    {
        this.task = task;
        task.Name = Title ?? Subject ?? "Report";
        (task.Format, task.Subject, task.Body) = ([.. (Format ?? []).Distinct()], Subject, string.IsNullOrEmpty(Body) ? null : Body);
        (task.To, task.Cc, task.Bcc) = (Addresses(To), Addresses(Cc), Addresses(Bcc));
        foreach (var place in DeliveryPlaces.All)
        {
            place.Check(task);
        }

        ExportOptions.Check(task);
        task.MailServer = string.IsNullOrEmpty(MailServer) ? null : MailServer;
        server = Store.MailServerOf(task);
        task.MailServer = server.Name;
        return ShouldProcess(string.Join(", ", [.. task.To, .. task.Cc, .. task.Bcc]),
            $"Send a report of the objects through '{server.Name}'");
    }

    private protected override bool TakesThemeOfStore => true;

    private protected override string FileName(ReportFormat format) => SafeName.Of(task!.Name) + ExportFormats.Of(format).Extension;

    private protected override void Finish(ExportResult result, string folder)
    {
        var now = Store.Clock.GetUtcNow();
        var run = new ReportRun
        {
            Id = RunIds.Create(now),
            TaskName = task!.Name,
            TimeZone = task.TimeZone,
            Trigger = RunTrigger.Manual,
            DueAt = now,
            StartedAt = now,
            Rows = result.Rows,
            Files = [.. result.Files],
            Folder = folder,
        };
        var mail = new ReportDelivery { Id = run.Id, RunId = run.Id, Kind = DeliveryKind.Mail, Target = server!.Name, Files = run.Files,
            CreatedAt = now };
        MailComposer.Compose(mail, task, run, result, server, redirectTo: null, Store.Clock);
        for (var attempt = 1; attempt == 1
            || (attempt <= Attempts && mail.State == DeliveryState.Pending && !stop.Token.WaitHandle.WaitOne(Pause)); attempt++)
        {
            MailSender.Send(mail, [], server, Store.Secrets, Store.Clock, stop.Token);
        }

        if (mail.State != DeliveryState.Sent)
        {
            throw CommandErrors.ReportNotSent(task.Name, mail);
        }

        if (mail.Error is not null)
        {
            WriteError(CommandErrors.ReportNotSentToAll(task.Name, mail).ToErrorRecord());
        }

        if (PassThru)
        {
            WriteObject(mail);
        }
    }

    private static string[] Addresses(string[]? given) => [.. (given ?? []).SelectMany(MailAddresses.Split)];
}
