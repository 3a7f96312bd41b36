using System.Management.Automation;
using ReportScheduler.Hosting;

namespace ReportScheduler.Commands;

/// <summary>Takes back what Register-ReportScheduledTask has asked the operating system to run.</summary>
/// <remarks>The report tasks stay; they run from the runner, or on demand.</remarks>
/// <example>
/// <code>Unregister-ReportScheduledTask Dispatcher -WhatIf</code>
/// <para>Shows what would be removed.</para>
/// </example>
/// <example>
/// <code>Unregister-ReportScheduledTask -Runner</code>
/// <para>Takes back Register-ReportScheduledTask -Runner.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "ReportScheduledTask", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class UnregisterReportScheduledTaskCommand : ReportCommand
{
    private const string NameSet = "Name";
    private const string RunnerSet = "Runner";

    /// <summary>The names they are registered under: Runner, Dispatcher for -Every, or the report task's. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegisteredNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Takes back what -Runner has registered, which is the name Runner.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RunnerSet)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Runner { get; set; }

    private protected override void Process()
    {
        var folder = new RegistrationFolder(Store.Address, Scope);
        string[] names = Runner ? [nameof(Runner)] : Name;
        foreach (var registered in names.SelectMany(name => RegisteredNames.Find(name, folder.List())))
        {
            if (ShouldProcess(registered.Name, $"Remove from {registered.System}"))
            {
                Guard(() => SystemRegistration.Remove(registered, new SystemShell(this)));
            }
        }
    }
}
