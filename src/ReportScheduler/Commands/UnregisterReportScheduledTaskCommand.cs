using System.Management.Automation;
using ReportScheduler.Hosting;

namespace ReportScheduler.Commands;

/// <summary>Takes back what Register-ReportScheduledTask has asked the operating system to run.</summary>
/// <remarks>The report tasks stay; they run from the runner, or on demand.</remarks>
/// <example>
/// <code>Unregister-ReportScheduledTask Dispatcher -WhatIf</code>
/// <para>Shows what would be removed.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "ReportScheduledTask", SupportsShouldProcess = true)]
public sealed class UnregisterReportScheduledTaskCommand : ReportCommand
{
    /// <summary>The names they are registered under: Runner, Dispatcher, or the report task's. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegisteredNameCompleter))]
    public string[] Name { get; set; } = [];

    private protected override void Process()
    {
        var folder = new RegistrationFolder(Store.Address, Scope);
        foreach (var registered in Name.SelectMany(name => RegisteredNames.Find(name, folder.List())))
        {
            if (ShouldProcess(registered.Name, $"Remove from {registered.System}"))
            {
                Guard(() => SystemRegistration.Remove(registered, new SystemShell(this)));
            }
        }
    }
}
