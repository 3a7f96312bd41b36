using System.Management.Automation;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Lists report tasks with their next run, last run and outcome.</summary>
/// <remarks>Times are in each task's own time zone.</remarks>
/// <example>
/// <code>Get-ReportTask</code>
/// <para>Lists all tasks.</para>
/// </example>
/// <example>
/// <code>Get-ReportTask 'Sales*' | Where-Object ErrorCount -gt 0 | Format-List Name, LastError</code>
/// <para>Shows what went wrong in the sales reports.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportTask", DefaultParameterSetName = NameSet)]
[OutputType(typeof(ReportTask))]
public sealed class GetReportTaskCommand : ReportCommand
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>The names of the report tasks. Wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskName")]
    [NameTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The ids of the report tasks.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The id of the task of a piped run.</summary>
    [Parameter(ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? TaskId { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var id in Id)
            {
                Guard(() => Show(Store.GetTasks().FirstOrDefault(task => task.Id == id) ?? throw StoreErrors.TaskNotFound(id, [])));
            }

            return;
        }

        foreach (var name in Name)
        {
            Guard(() =>
            {
                foreach (var task in FindTasks([name], TaskId))
                {
                    Show(task);
                }

                TellUnreadable(name);
            });
        }
    }

    /// <summary>A definition that this version cannot read is no reason to keep quiet about it, or about the others.</summary>
    private void TellUnreadable(string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            foreach (var record in Store.GetUnreadable().Where(record => record.Noun == nameof(ReportTask) && pattern.IsMatch(record.Name)))
            {
                WriteError(StoreErrors.RecordNotReadable(record.Noun, record.Name, record.Problem).ToErrorRecord());
            }
        }
    }
}
