using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Asks runners to stop: no new run starts, and running reports may finish within the runner's -DrainTimeout.</summary>
/// <remarks>It does not wait; Get-ReportScheduler shows who is still there.</remarks>
/// <example>
/// <code>Stop-ReportScheduler</code>
/// <para>Stops all runners of the store.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "ReportScheduler", SupportsShouldProcess = true)]
[OutputType(typeof(ReportSchedulerInfo))]
public sealed class StopReportSchedulerCommand : ReportCommand
{
    /// <summary>The ids of the runners. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunnerIdCompleter))]
    public string[]? Id { get; set; }

    /// <summary>Shows the runners that were asked.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var registry = Store.Runners;
        var alive = registry.List();
        foreach (var id in Id ?? [])
        {
            if (!alive.Any(runner => IsIt(runner, id)))
            {
                WriteError(CommandErrors.RunnerNotFound(id).ToErrorRecord());
            }
        }

        foreach (var runner in alive.Where(runner => Id is null || Id.Any(id => IsIt(runner, id))))
        {
            if (ShouldProcess($"process {runner.ProcessId} on {runner.Machine}", "Stop report scheduler"))
            {
                registry.RequestStop(runner.Id);
                if (PassThru)
                {
                    WriteObject(runner);
                }
            }
        }
    }

    private static bool IsIt(ReportSchedulerInfo runner, string id) => runner.Id.Equals(id, StringComparison.OrdinalIgnoreCase);
}
