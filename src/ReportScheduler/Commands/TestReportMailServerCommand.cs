using System.Diagnostics;
using System.Management.Automation;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Tries report mail servers: connects, encrypts and logs in; with -To it sends one test mail.</summary>
/// <remarks>The result has Success, in Mechanism how the login was done (XOAUTH2 with a
/// token), and in Message what is wrong and what to do.</remarks>
/// <example>
/// <code>Test-ReportMailServer office -To me@example.com</code>
/// <para>Sends one test mail.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ReportMailServer", SupportsShouldProcess = true)]
[OutputType(typeof(MailServerTest))]
public sealed class TestReportMailServerCommand : ReportCommand, IDisposable
{
    private readonly StopSignal stop = new();

    /// <summary>The names of the report mail servers. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MailServerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The address that gets a test mail.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override void Process()
    {
        if (To is not null)
        {
            MailAddresses.Check(To);
        }

        foreach (var server in Name.SelectMany(FindMailServers))
        {
            if (To is null || ShouldProcess(To, $"Send a test mail through '{server.Name}'"))
            {
                WriteObject(Try(server));
            }
        }
    }

    private MailServerTest Try(ReportMailServer server)
    {
        var result = new MailServerTest { Name = server.Name, Server = MailTransports.NameOf(server) };
        var watch = Stopwatch.StartNew();
        try
        {
            (result.IsSecure, result.Mechanism) = MailProbe.Try(server, Store.Secrets, To, TimeProvider.System, stop.Token);
            (result.Success, result.SentTo) = (true, To);
        }
        catch (ReportException problem)
        {
            (result.Message, result.ErrorId) = (problem.Message, problem.ErrorId);
        }

        result.Latency = watch.Elapsed;
        return result;
    }
}
