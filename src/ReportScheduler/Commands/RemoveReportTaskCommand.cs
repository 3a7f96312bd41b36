using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Removes report tasks. Their runs stay in the history.</summary>
/// <remarks>A run that is going on ends as it would have. Remove-ReportRun removes history and files.</remarks>
/// <example>
/// <code>Remove-ReportTask 'Daily sales' -WhatIf</code>
/// <para>Shows which task would be removed.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ReportTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveReportTaskCommand : TaskNameCommand
{
    /// <summary>Removes without asking.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Force { get; set; }

    private protected override void Process(ReportTask task)
    {
        if (Force && !MyInvocation.BoundParameters.ContainsKey("Confirm") && !MyInvocation.BoundParameters.ContainsKey("WhatIf")
            || ShouldProcess(task.Name, "Remove report task"))
        {
            Store.RemoveTask(task.Id);
            Store.Files.RemoveResults(task.Id);
        }
    }
}
