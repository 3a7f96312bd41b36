using System.Management.Automation;
using ReportScheduler.Commands.Scripts;
using ReportScheduler.Http;
using ReportScheduler.Runs;
using ReportScheduler.Secrets;
using ReportScheduler.Store;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Runs every report at its time, until it is stopped.</summary>
/// <remarks>
/// Every finished run is written to the pipeline; events are written to the information stream. Tasks that are
/// added, changed or removed meanwhile are noticed within two seconds. Ctrl+C (which leaves the session open), SIGTERM and
/// Stop-ReportScheduler stop it: nothing new starts, running reports get -DrainTimeout and are then cancelled on the server. One that
/// SIGTERM or the end of -For cuts off is made again by the next runner. Several runners may share a
/// store; each due time has one run. A report that fails is a run with that outcome and not an error here.
/// </remarks>
/// <example>
/// <code>Start-ReportScheduler</code>
/// <para>Runs until Ctrl+C.</para>
/// </example>
/// <example>
/// <code>Start-ReportScheduler -Listen http://127.0.0.1:8650/ -ApiKey env:REPORT_KEY</code>
/// <para>Runs until Ctrl+C and lets a cron service or a CI job start reports over HTTP.</para>
/// </example>
/// <example>
/// <code>Start-ReportScheduler -Label dmz</code>
/// <para>Also takes the tasks with -RunOn dmz, on a machine that reaches what they need.</para>
/// </example>
/// <example>
/// <code>Start-ReportScheduler -UntilIdle | Where-Object Outcome -ne Succeeded</code>
/// <para>Runs what is due now and shows what did not go well.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "ReportScheduler", SupportsShouldProcess = true)]
[OutputType(typeof(ReportRun))]
public sealed class StartReportSchedulerCommand : ReportCommand, IDisposable
{
    private const int MostListed = 50;
    private const int ShortestKey = 16;

    /// <summary>What a runner has after its -DrainTimeout to record and to answer.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(20);

    private readonly StopSignal stop = new();
    private bool interrupted;
    private RunLog? log;

    /// <summary>How many reports run at once. Default: the number of processor cores.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int MaxConcurrent { get; set; } = Environment.ProcessorCount;

    /// <summary>How long running reports may go on after a stop, such as 30s; then they are cancelled on the server. After SIGTERM and at
    /// the end of -For the next runner makes them again; after Ctrl+C and Stop-ReportScheduler they are over.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A log file; a new one is started every day, and thirty are kept. The date is added to the name: reports.log is
    /// written as reports20261124.log. On Linux only its owner can read a file that this makes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Labels of this runner: it takes the runs of tasks whose -RunOn is one of them, beside those of
    /// tasks without -RunOn.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public string[] Label { get; set; } = [];

    /// <summary>Ends when nothing is due and nothing runs; it ends with an error when
    /// a report failed or the store could not be used.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter UntilIdle { get; set; }

    /// <summary>Ends after this time, such as 8h.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? For { get; set; }

    /// <summary>Listens for HTTP calls at this address, such as http://127.0.0.1:8650/: POST /due, POST /tasks/{name}/run, GET
    /// /runs/{id}, GET /metrics, GET /healthz and GET /readyz. All but the last two take a key of New-ReportSchedulerKey, or
    /// -ApiKey. A call with the header Idempotency-Key gets the run of the same call of the last day, from every runner of
    /// the store. While the runner stops, calls that start something are answered with 503.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Listen { get; set; }

    /// <summary>A key for everything at -Listen, at least 16 characters. Give it from a variable of the
    /// environment, or as a reference env:NAME, file:PATH or vault:VAULT/NAME, not in a script.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiKey { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Dispose();
        log?.Dispose();
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        interrupted = true;
        stop.Stop();
    }

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override bool RunsReports => true;

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        if (!ShouldProcess(Store.Address, "Run report tasks as they become due"))
        {
            return;
        }

        RunnerLabels.Check(Label);
        log = LogPath is null ? null : new RunLog(FullPath(LogPath), TimeProvider.System);
        var failed = new List<string>();
        stop.Patience = DrainTimeout + LastWords;
        try
        {
            using var loop = new RunnerLoop(Store, Store.Clock, new RunnerOptions
            {
                MaxConcurrent = MaxConcurrent,
                DrainTimeout = DrainTimeout,
                UntilIdle = UntilIdle,
                For = For,
                Labels = Label,
                Sources = [new ScriptSources(Store, byPerson: false)],
                IsStoppedByPerson = () => interrupted && !stop.IsTermination,
            });
            using var http = StartHttp(loop);
            loop.Run(happened => Show(happened, failed), stop.Token);
        }
        finally
        {
            // a host may answer SIGTERM by stopping the pipeline as Ctrl+C does, before or
            // after this; Ctrl+C at a prompt must not end the session
            if (stop.IsTermination || (interrupted && Console.IsInputRedirected))
            {
                Host.SetShouldExit(stop.IsTermination ? 0 : 130);
            }
        }

        if (UntilIdle && failed.Count > 0)
        {
            throw CommandErrors.ReportsFailed(failed);
        }
    }

    private HttpTrigger? StartHttp(RunnerLoop loop)
    {
        if (Listen is null)
        {
            return null;
        }

        var key = ApiKey is { } given && SecretReference.IsSecret(given)
            ? Store.Secrets.Resolve(SecretReference.WithFullPath(given, FullPath), envFile: null)
            : ApiKey;
        if (key is { Length: < ShortestKey })
        {
            throw CommandErrors.KeyTooShort("-ApiKey", ShortestKey);
        }

        var http = new HttpTrigger(Listen, key, Store, loop.Requests, Store.Clock, loop.Tell);
        if (HttpTrigger.IsExposed(Listen))
        {
            WriteWarning($"'{Listen}' can be reached from other machines without TLS: keys travel in plain text. "
                + "Put a reverse proxy with TLS in front, or listen on 127.0.0.1.");
        }

        loop.Tell($"Listening on {Listen}");
        return http;
    }

    private void Show(RunnerEvent happened, List<string> failed)
    {
        var lines = RunnerText.Lines(happened, MostListed).Select(OneLine.Of).ToList();
        foreach (var line in lines)
        {
            log?.Write(RunnerText.Level(happened), RunnerText.RunOf(happened), line);
            if (interrupted)
            {
                Say(line);
            }
            else
            {
                Inform(line, isOnConsole: happened is not (RunnerEvent.Finished or RunnerEvent.Trouble));
            }
        }

        if (happened is RunnerEvent.Finished(var run, var next))
        {
            if (run.IsFailure)
            {
                failed.Add(run.TaskName);
            }

            if (!interrupted)
            {
                WriteObject(Told(run, string.Concat(lines), next));
            }
        }
        else if (happened is RunnerEvent.Trouble(var message) && !interrupted)
        {
            WriteWarning(message);
        }
    }

    /// <summary>A console shows the line at once, as Write-Host does, unless somebody
    /// wants it silent; what it shows anyway is not said twice.</summary>
    private void Inform(string line, bool isOnConsole) => WriteInformation(
        new HostInformationMessage { Message = line },
        isOnConsole && !IsSilent ? ["PSHOST", "ReportScheduler"] : ["ReportScheduler"]);

    /// <summary>After Ctrl+C PowerShell takes nothing more for its streams, and what
    /// becomes of the running reports is still to be seen.</summary>
    private void Say(string line)
    {
        if (!IsSilent)
        {
            Host.UI.WriteLine(line);
        }
    }

    private bool IsSilent => MyInvocation.BoundParameters.TryGetValue("InformationAction", out var action)
        && action is ActionPreference.SilentlyContinue or ActionPreference.Ignore;

    /// <summary>The run with what is said of it, which a console shows in place of the columns of a list.</summary>
    private static PSObject Told(ReportRun run, string line, DateTimeOffset? next)
    {
        var told = PSObject.AsPSObject(run);
        told.TypeNames.Insert(0, $"{typeof(ReportRun).FullName}#Runner");
        told.Properties.Add(new PSNoteProperty("NextRunAt", next));
        told.Properties.Add(new PSNoteProperty("Message", line));
        return told;
    }
}
