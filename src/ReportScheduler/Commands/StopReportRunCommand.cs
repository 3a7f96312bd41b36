using System.Management.Automation;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Stops runs that wait, are going on or have mail waiting, whichever process or computer works on them.</summary>
/// <remarks>
/// A run that waits for a runner ends at once, and mail that waits for its next attempt is not sent. The query of a run
/// that is going on is cancelled on the server: its runner checks every second whether one of its runs is to stop, and
/// the command waits for that, ten seconds at most. The run ends as Cancelled, with who stopped it and the -Reason in
/// its error, and is not repeated automatically. What had been delivered before stays delivered. A run that has ended
/// is an error.
/// </remarks>
/// <example>
/// <code>Get-ReportRun -Outcome Running | Stop-ReportRun -Reason 'the server is needed'</code>
/// <para>Stops every report that waits or is going on.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "ReportRun", SupportsShouldProcess = true)]
[OutputType(typeof(ReportRun))]
public sealed class StopReportRunCommand : ReportCommand, IDisposable
{
    private readonly StopSignal stop = new();

    /// <summary>The ids of the runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RunId")]
    [NameTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Why, for the history.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Shows the runs as they are then.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private string Words => $"{Environment.UserName} on {Environment.MachineName}"
        + (string.IsNullOrWhiteSpace(Reason) ? "" : $": {Reason.ReplaceLineEndings(" ").Trim()}");

    private protected override void Process()
    {
        foreach (var id in Id)
        {
            Guard(() => End(id));
        }
    }

    private void End(string id)
    {
        var run = Store.GetRuns(new RunFilter { RunId = id }) is [var found] ? found : throw CommandErrors.RunNotFound(id);
        if (run.IsFinal)
        {
            throw RunErrors.RunIsOver(run);
        }

        if (!ShouldProcess($"{run}", run switch
        {
            { Outcome: RunOutcome.Delivering } => "Stop run: what waits is not delivered",
            { Owner: null } => "Stop run before it begins",
            _ => "Stop run and cancel its query on the server",
        }))
        {
            return;
        }

        var stopped = new StoppedRuns(Store, Store.Clock).Stop(id, Words, stop.Token);
        if (!stopped.IsFinal)
        {
            WriteWarning($"{stopped.TaskName}: the run '{id}' has been asked to stop, and whoever works on it has not answered yet. "
                + "It is stopped when its runner looks, or by the one that takes it over.");
        }

        if (PassThru)
        {
            WriteObject(stopped);
        }
    }
}
