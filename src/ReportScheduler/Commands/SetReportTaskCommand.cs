using System.Management.Automation;
using System.Text.RegularExpressions;
using ReportScheduler.Store;
using ReportScheduler.Tasks;

namespace ReportScheduler.Commands;

/// <summary>Changes report tasks: only the parameters that are given, on every task that is named or piped.</summary>
/// <remarks>
/// A new -Cron, -Every or -At takes the place of the schedule there was; -Cron $null leaves the task without one. -Query and
/// -Datasets take each other's place. An empty list or $null clears a member. Run counts and history stay.
/// </remarks>
/// <example>
/// <code>Set-ReportTask 'Daily sales' -Cron '0 8 * * *' -PassThru</code>
/// <para>Moves the report to eight o'clock and shows the task.</para>
/// </example>
/// <example>
/// <code>Get-ReportTask 'Sales*' | Set-ReportTask -MailServer office -Cc audit@example.com</code>
/// <para>Changes many tasks at once.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ReportTask", SupportsShouldProcess = true)]
[OutputType(typeof(ReportTask))]
public sealed partial class SetReportTaskCommand : TaskDefinitionCommand
{
    /// <summary>The names of the report tasks. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>A report task, from Get-ReportTask; it only names the task, and its own members are not taken for changes.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public ReportTask? InputObject { get; set; }

    /// <summary>A new name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>Another report connection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string? Connection { get; set; }

    /// <summary>Shows the changed tasks.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        foreach (var task in Name.SelectMany(FindTasks))
        {
            Guard(() => Change(task));
        }
    }

    private void Change(ReportTask task)
    {
        // -Cron $null is a wish, and -Cron @weekly a slip that binds the same
        if (IsTyped(nameof(Cron)) && string.IsNullOrEmpty(Cron) && UnquotedWord().IsMatch(MyInvocation.Line))
        {
            throw ReportError.CronEmpty();
        }

        if (!ShouldProcess(task.Name, "Change report task"))
        {
            Edit(task);
            TaskRules.Check(task, Store.ProviderOf(task.Connection));
            return;
        }

        TaskDefinition.Update(Store, task, current =>
        {
            var reschedule = Edit(current);
            TaskDefinition.Save(Store, current, PutMode.Update, reschedule, TimeProvider.System);
            Advise(current, reschedule);
        });
        if (PassThru)
        {
            WriteObject(Store.FindTask(task.Id));
        }
    }

    [GeneratedRegex(@"-Cron(\s+|\s*:\s*)@\w", RegexOptions.IgnoreCase)]
    private static partial Regex UnquotedWord();

    private bool Edit(ReportTask task)
    {
        var reschedule = Apply(task, InputObject);
        task.Name = NewName ?? task.Name;
        return reschedule;
    }
}
