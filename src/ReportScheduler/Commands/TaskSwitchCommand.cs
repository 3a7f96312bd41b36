using System.Management.Automation;
using ReportScheduler.Definitions;
using ReportScheduler.Schedules;

namespace ReportScheduler.Commands;

/// <summary>Switches the schedules of tasks on or off.</summary>
public abstract class TaskSwitchCommand : TaskNameCommand
{
    /// <summary>Shows the tasks.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool Enabled { get; }

    private protected sealed override void Process(ReportTask task)
    {
        if (!ShouldProcess(task.Name, Enabled ? "Enable report task" : "Disable report task"))
        {
            return;
        }

        if (task.Enabled != Enabled || task.State.PausedBecause is not null)
        {
            Store.ClearPause(task.Id);
            TaskDefinition.Update(Store, task, current =>
            {
                current.State.PausedBecause = null;
                current.Enabled = Enabled;
                current.State.NextRunAt = TaskDefinition.NextRunAt(current, Store.Clock.GetUtcNow());
                Store.PutTask(current, PutMode.Update, current.State.NextRunAt);
                foreach (var warning in ScheduleWarnings.NeverDue(current))
                {
                    WriteWarning($"{current.Name}: {warning}");
                }
            });
        }

        if (PassThru)
        {
            Show(Store.FindTask(task.Id));
        }
    }
}
