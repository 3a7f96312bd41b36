using System.Management.Automation;
using ReportScheduler.Definitions;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Makes a new report task from one that is there.</summary>
/// <remarks>The copy has a history of its own. It is disabled, so that no report is sent
/// twice; -Enabled makes it follow the schedule at once.</remarks>
/// <example>
/// <code>Copy-ReportTask 'Daily sales' -NewName 'Sales a week ago' | Set-ReportTask -Parameters @{ day = 'yesterday-7d' } -To audit@example.com -Enabled $true</code>
/// <para>Makes a second report of another day for other people: Set-ReportTask changes what is to differ, and starts it.</para>
/// </example>
[Cmdlet(VerbsCommon.Copy, "ReportTask", SupportsShouldProcess = true)]
[OutputType(typeof(ReportTask))]
public sealed class CopyReportTaskCommand : ReportCommand
{
    /// <summary>The name of the report task to copy.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskName")]
    [NameTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The name of the copy.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = "";

    /// <summary>The id of the task of a piped run.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? TaskId { get; set; }

    /// <summary>The copy follows the schedule at once.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Enabled { get; set; }

    private protected override void Process()
    {
        var clock = Store.Clock;
        var copy = string.IsNullOrEmpty(TaskId) || IsTyped(nameof(Name))
            ? Store.TaskNamed(Name)
            : Store.FindTask(TaskId) ?? Store.TaskNamed(Name);
        copy.Id = Guid.NewGuid().ToString("n");
        copy.Name = NewName;
        copy.Enabled = Enabled;
        copy.CreatedAt = clock.GetUtcNow();
        copy.State = new ReportTaskState();
        TaskDefinition.Check(Store, copy, PutMode.Add);
        if (ShouldProcess(NewName, $"Create report task from '{Name}'"))
        {
            TaskDefinition.Save(Store, copy, PutMode.Add, reschedule: true, clock);
            Show(Store.FindTask(NewName));
        }
    }
}
