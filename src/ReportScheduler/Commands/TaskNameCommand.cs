using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>What the cmdlets share that work on tasks that are there already, by name.</summary>
public abstract class TaskNameCommand : ReportCommand
{
    /// <summary>The names of the report tasks. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskName")]
    [NameTransformation]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The id of the task of a piped run.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? TaskId { get; set; }

    private protected sealed override void Process()
    {
        foreach (var task in FindTasks(Name, TaskId))
        {
            Guard(() => Process(task));
        }
    }

    /// <summary>Handles one task.</summary>
    private protected abstract void Process(ReportTask task);
}
