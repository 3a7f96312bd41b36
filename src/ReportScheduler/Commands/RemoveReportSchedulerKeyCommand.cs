using System.Management.Automation;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Revokes keys of the HTTP trigger; runners refuse them from their next request on.</summary>
/// <remarks>A key cannot be shown or brought back: make a new one with New-ReportSchedulerKey and give it to whoever calls.</remarks>
/// <example>
/// <code>Remove-ReportSchedulerKey ci</code>
/// <para>The caller with that key is locked out.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ReportSchedulerKey", SupportsShouldProcess = true)]
public sealed class RemoveReportSchedulerKeyCommand : ReportCommand
{
    /// <summary>The names of the keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    public string[] Name { get; set; } = [];

    private protected override void Process()
    {
        foreach (var name in Name)
        {
            Guard(() =>
            {
                var keys = Store.Keys.All();
                if (!keys.Any(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    || ShouldProcess(name, "Revoke key") && !Store.Keys.Remove(name))
                {
                    throw StoreErrors.NotFound("ReportSchedulerKey", name, keys.Select(key => key.Name));
                }
            });
        }
    }
}
