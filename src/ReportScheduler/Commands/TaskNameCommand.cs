using System.Management.Automation;
using ReportScheduler.Tasks;

namespace ReportScheduler.Commands;

/// <summary>What the cmdlets share that work on tasks that are there already, by name.</summary>
public abstract class TaskNameCommand : ReportCommand
{
    /// <summary>The names of the report tasks. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] Name { get; set; } = [];

    private protected sealed override void Process()
    {
        foreach (var name in Name)
        {
            foreach (var task in FindTasks(name))
            {
                Guard(() => Process(task));
            }
        }
    }

    /// <summary>Handles one task.</summary>
    private protected abstract void Process(ReportTask task);
}
