using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Asks runners to stop: no new run starts, and running reports may finish within the runner's -DrainTimeout.</summary>
/// <remarks>It does not wait; Get-ReportScheduler shows who is still there.</remarks>
/// <example>
/// <code>Stop-ReportScheduler</code>
/// <para>Stops all runners of the store.</para>
/// </example>
/// <example>
/// <code>Stop-ReportScheduler -Machine web2</code>
/// <para>Stops the runners of one computer, before it is taken down for maintenance; the others go on.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "ReportScheduler", SupportsShouldProcess = true)]
[OutputType(typeof(ReportSchedulerInfo))]
public sealed class StopReportSchedulerCommand : ReportCommand
{
    /// <summary>The ids of the runners. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunnerIdCompleter))]
    public string[]? Id { get; set; }

    /// <summary>The names of the computers whose runners are stopped. Wildcards are allowed. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[]? Machine { get; set; }

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

        foreach (var machine in Machine ?? [])
        {
            if (!WildcardPattern.ContainsWildcardCharacters(machine) && !alive.Any(runner => IsOn(runner, machine)))
            {
                WriteError(CommandErrors.RunnerNotOnMachine(machine, alive.Select(runner => runner.Machine)).ToErrorRecord());
            }
        }

        foreach (var runner in alive.Where(runner =>
            (Id?.Any(id => IsIt(runner, id)) ?? true) && (Machine?.Any(machine => IsOn(runner, machine)) ?? true)))
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

    private static bool IsOn(ReportSchedulerInfo runner, string machine) =>
        Wildcards.Of(machine).IsMatch(runner.Machine);

    private static bool IsIt(ReportSchedulerInfo runner, string id) => runner.Id.Equals(id, StringComparison.OrdinalIgnoreCase);
}
