using System.Diagnostics;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Tests.Delivery.Mail;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>A mail server that drips single bytes, or floods: an attempt ends, and so does the runner.</summary>
public sealed class HostileSmtpTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MailFixture mail = new();
    private readonly RunFixture fixture = new(TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        mail.Dispose();
        fixture.Dispose();
    }

    [Theory]
    [InlineData("CONNECT", MailSecurity.None, DeliveryState.Pending, nameof(MailErrors.MailServerSilent))]
    [InlineData("EHLO", MailSecurity.None, DeliveryState.Pending, nameof(MailErrors.MailServerSilent))]
    [InlineData("MAIL", MailSecurity.None, DeliveryState.Pending, nameof(MailErrors.MailServerSilent))]
    [InlineData("RCPT", MailSecurity.None, DeliveryState.Pending, nameof(MailErrors.MailServerSilent))]
    [InlineData("DATA", MailSecurity.None, DeliveryState.Pending, nameof(MailErrors.MailServerSilent))]
    [InlineData(".", MailSecurity.None, DeliveryState.Uncertain, nameof(MailErrors.MailUncertain))]
    [InlineData("QUIT", MailSecurity.None, DeliveryState.Sent, null)]
    [InlineData("STARTTLS", MailSecurity.StartTls, DeliveryState.Pending, nameof(MailErrors.MailServerSilent))]
    [InlineData("TLS", MailSecurity.StartTls, DeliveryState.Pending, nameof(MailErrors.MailServerSilent))]
    public async Task A_server_that_drips_ends_the_attempt_after_the_time_allowed(string command, MailSecurity security,
        DeliveryState state, string? errorId)
    {
        using var authority = new TestAuthority();
        using var smtp =
            new SmtpServer { DripOn = command, Certificate = security == MailSecurity.None ? null : authority.Issue("127.0.0.1") };
        var server = MailFixture.Server(smtp, security);
        server.Timeout = server.AnswerTimeout = TimeSpan.FromSeconds(1);
        var delivery = mail.Compose(server);
        await Task.Run(() => mail.Send(delivery, server), Stop).WaitAsync(Patience, Stop);
        Assert.Equal((state, errorId), (delivery.State, delivery.ErrorId));
    }

    [Theory]
    [InlineData("CONNECT", DeliveryState.Pending, nameof(MailErrors.MailReplyTooLong))]
    [InlineData("EHLO", DeliveryState.Pending, nameof(MailErrors.MailReplyTooLong))]
    [InlineData("RCPT", DeliveryState.Pending, nameof(MailErrors.MailReplyTooLong))]
    [InlineData(".", DeliveryState.Uncertain, nameof(MailErrors.MailUncertain))]
    [InlineData("QUIT", DeliveryState.Sent, null)]
    public async Task A_line_without_an_end_is_cut(string command, DeliveryState state, string? errorId)
    {
        using var smtp = new SmtpServer { FloodOn = command };
        var server = MailFixture.Server(smtp);
        var delivery = mail.Compose(server);
        await Task.Run(() => mail.Send(delivery, server), Stop).WaitAsync(Patience, Stop);
        Assert.Equal((state, errorId), (delivery.State, delivery.ErrorId));
        // what was read, and what the sockets held
        Assert.InRange(smtp.Flooded, 1, 50_000_000);
    }

    [Fact]
    public void An_answer_is_kept_as_long_as_a_person_reads()
    {
        using var smtp =
            new SmtpServer { Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? $"550 {new string('x', 20_000)}" : null };
        var server = MailFixture.Server(smtp);
        var delivery = mail.Compose(server);
        mail.Send(delivery, server);
        Assert.Equal(DeliveryState.Failed, delivery.State);
        Assert.All(delivery.Recipients, recipient => Assert.InRange(recipient.Error!.Length, 100, 600));
    }

    [Theory]
    [InlineData("stall", "CONNECT")]
    [InlineData("stall", ".")]
    [InlineData("drip", "EHLO")]
    [InlineData("drip", ".")]
    [InlineData("flood", "CONNECT")]
    [InlineData("flood", ".")]
    public async Task The_runner_ends_when_its_time_is_over(string how, string command)
    {
        using var smtp = Hostile(how, command);
        var task = Add(smtp, cron: null);
        using var loop = new RunnerLoop(
            fixture.Store, TimeProvider.System,
            new RunnerOptions { MaxConcurrent = 2, For = TimeSpan.FromSeconds(2), DrainTimeout = TimeSpan.FromSeconds(1) });
        for (var i = 0; i < 4; i++)
        {
            loop.Requests.RequestRun(task, null, null);
        }

        await Task.Run(() => loop.Run(_ => { }, Stop), Stop).WaitAsync(Patience, Stop);
        Assert.NotEmpty(smtp.Connections);
    }

    [Theory]
    [InlineData("stall", ".")]
    [InlineData("drip", "EHLO")]
    [InlineData("flood", "CONNECT")]
    public async Task A_termination_ends_the_runner(string how, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        using var smtp = Hostile(how, command);
        Add(smtp, "* * * * * *");
        using var process = HostProcess.Start(
            fixture.Folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = fixture.Store.Address }, "-Command",
            "Start-ReportScheduler -DrainTimeout 1s");
        for (var i = 0; smtp.Connections.IsEmpty; i++)
        {
            Assert.True(i < 600 && !process.HasExited, "The runner did not come to the mail server.");
            await Task.Delay(100, Stop);
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(Stop);
        }

        Assert.Equal(0, HostProcess.End(process).ExitCode);
        // nothing that was not sent for certain is lost or in somebody's hands
        Assert.All(fixture.Store.GetRuns(new RunFilter()),
            run => Assert.True(run.IsFinal || run.Owner is null || RunOwner.IsGone(run.Owner)));
    }

    private static SmtpServer Hostile(string how, string command) => new()
    {
        StallOn = how == "stall" ? command : null,
        DripOn = how == "drip" ? command : null,
        FloodOn = how == "flood" ? command : null,
    };

    private ReportTask Add(SmtpServer smtp, string? cron)
    {
        var server = MailFixture.Server(smtp);
        server.Timeout = TimeSpan.FromMinutes(5);
        fixture.Store.MailServers.Put(server, PutMode.Add);
        return fixture.AddTask("t", task =>
        {
            (task.Every, task.StartAt, task.MailServer) = (null, null, server.Name);
            (task.Cron, task.TimeZone, task.Overlap) = (cron, "UTC", OverlapPolicy.Parallel);
        });
    }
}
