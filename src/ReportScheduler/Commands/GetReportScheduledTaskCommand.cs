using System.Management.Automation;
using ReportScheduler.Hosting;

namespace ReportScheduler.Commands;

/// <summary>Shows what the operating system was asked to run for this store, and whether it is still as it was registered.</summary>
/// <remarks>Drift lists what has changed since: the report task, the unit files, the
/// crontab, the Task Scheduler, or a program that is gone.</remarks>
/// <example>
/// <code>Get-ReportScheduledTask | Where-Object Drift | Format-List Name, Drift</code>
/// <para>Shows what should be registered again.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportScheduledTask")]
[OutputType(typeof(ReportScheduledTask))]
public sealed class GetReportScheduledTaskCommand : ReportCommand
{
    /// <summary>The names they are registered under: Runner, Dispatcher, or the
    /// report task's. Wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegisteredNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    // where no store of that scope was made, nothing is registered; one that was named is missed
    private protected override bool MayStoreBeAway => StorePath is null;

    private protected override void Process()
    {
        var all = new RegistrationFolder(Store.Address, Scope).List();
        foreach (var name in Name)
        {
            Guard(() => Show(name, all));
        }
    }

    private void Show(string name, IReadOnlyList<ReportScheduledTask> all)
    {
        foreach (var registered in RegisteredNames.Find(name, all))
        {
            registered.Drift =
            [
                .. Drift.OfDefinition(registered, Store),
                .. SystemRegistration.Changes(registered, new SystemShell(this)),
            ];
            WriteObject(registered);
        }
    }
}
