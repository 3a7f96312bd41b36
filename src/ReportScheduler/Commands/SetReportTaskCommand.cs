using System.Management.Automation;
using System.Text.Json.Nodes;
using ReportScheduler.Definitions;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Changes report tasks: only the parameters that are given, on every task that is named or piped.</summary>
/// <remarks>
/// A new -Cron, -Every or -At takes the place of the schedule there was, and -WhatIf says of which; -Cron $null leaves the task without
/// one.
/// An instant of -At that has passed is refused. -Query and
/// -Dataset take each other's place. An empty list or $null clears a member. -Parameters changes the values that it names and leaves the
/// others; one that no query mentions any more is dropped, a new -Query without it or a value of $null is enough, and -Parameters $null
/// drops them all. Run counts and history stay. A row of a table or an object from JSON changes what it has a value for: an empty cell
/// changes nothing. A report task whose members were changed since Get-ReportTask is stored with these changes.
/// </remarks>
/// <example>
/// <code>Set-ReportTask 'Daily sales' -Cron '0 8 * * *' -PassThru</code>
/// <para>Moves the report to eight o'clock and shows the task.</para>
/// </example>
/// <example>
/// <code>Get-ReportTask 'Sales*' | Set-ReportTask -MailServer office -Cc audit@example.com</code>
/// <para>Changes many tasks at once.</para>
/// </example>
/// <example>
/// <code>Get-ReportTask | Where-Object To -like '*leaver@example.com*' | Set-ReportTask -RemoveTo leaver@example.com -AddTo joiner@example.com</code>
/// <para>Replaces one recipient of many reports.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ReportTask", SupportsShouldProcess = true)]
[OutputType(typeof(ReportTask))]
public sealed class SetReportTaskCommand : TaskDefinitionCommand
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

    /// <summary>A new name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>Another report connection, several, or a wildcard.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>Addresses that become recipients beside those that are. One that is there already stays as it is.</summary>
    [Parameter]
    public string[]? AddTo { get; set; }

    /// <summary>Addresses that are no recipients from now on. One that is not there is told by a warning.</summary>
    [Parameter]
    public string[]? RemoveTo { get; set; }

    /// <summary>Addresses that become recipients of a copy beside those that are. One that is there already stays as it is.</summary>
    [Parameter]
    public string[]? AddCc { get; set; }

    /// <summary>Addresses that are no recipients of a copy from now on. One that is not there is told by a warning.</summary>
    [Parameter]
    public string[]? RemoveCc { get; set; }

    /// <summary>Addresses that become recipients of a blind copy beside those that are. One that is there already stays as it is.</summary>
    [Parameter]
    public string[]? AddBcc { get; set; }

    /// <summary>Addresses that are no recipients of a blind copy from now on. One that is not there is told by a warning.</summary>
    [Parameter]
    public string[]? RemoveBcc { get; set; }

    /// <summary>Shows the changed tasks.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        if (Input.Task is { } piped && !IsTyped(nameof(Name)))
        {
            Edited(piped);
            return;
        }

        foreach (var task in FindTasks(Name, TaskId))
        {
            Guard(() => Change(task, null));
        }
    }

    private protected override bool IsOnlyName => Input.IsFromModule;

    /// <summary>Changes the task that was piped, in what a person gave its members since it was read too.</summary>
    private void Edited(ReportTask piped)
    {
        var task = Store.FindTask((piped.AsRead ?? piped).Id) ?? Store.TaskNamed(piped.Name);
        if (piped.AsRead is null && DefinitionJson.Differences(task, piped).Count > 0)
        {
            WriteWarning($"{piped.Name}: the members of this object were ignored: it did not come from Get-ReportTask in this session. "
                + "Give the changes as parameters.");
        }

        Change(task, piped.AsRead is null ? null : new TaskEdits(piped, FullPath));
    }

    private void Change(ReportTask task, TaskEdits? edits)
    {
        // -Cron $null is a wish, and -Cron @weekly a slip that binds the same
        if (IsTyped(nameof(Cron)) && string.IsNullOrEmpty(Cron) && UnquotedCron.IsIn(MyInvocation.Line))
        {
            throw CommandErrors.CronEmpty();
        }

        var (id, name, before) = (task.Id, task.Name, DefinitionJson.Write(task));
        Edit(task, edits, WriteWarning);
        if (Input.IsCopy && JsonNode.DeepEquals(DefinitionJson.Write(task), before))
        {
            WriteWarning($"{name}: nothing was changed: an object that came out of another session or a file only names the task. "
                + "Give the changes as parameters.");
        }

        CheckAt(task, Store.Clock);
        TaskDefinition.Check(Store, task, PutMode.Update);
        if (!ShouldProcess(name, $"Change report task: {ChangeText.Of(before, DefinitionJson.Write(task))}"))
        {
            return;
        }

        TaskDefinition.Update(Store, task, current =>
        {
            var reschedule = Edit(current, edits, _ => { });
            TaskDefinition.Save(Store, current, PutMode.Update, reschedule, Store.Clock);
            Advise(current, reschedule);
        });
        if (PassThru)
        {
            Show(Store.FindTask(id));
        }
    }

    /// <summary>Refuses an instant on the command line that has passed. A table may hold tasks that ran long ago.</summary>
    /// <exception cref="ReportException">It has passed.</exception>
    private void CheckAt(ReportTask task, TimeProvider clock)
    {
        if (IsTyped(nameof(At)) && task is { Enabled: true, At: { } at } && at <= clock.GetUtcNow())
        {
            throw CommandErrors.AtIsPast(task.Name, InstantText.Of(Zones.Show(at, task.TimeZone)),
                InstantText.Of(Zones.Show(clock.GetUtcNow(), task.TimeZone)));
        }
    }

    private bool Edit(ReportTask task, TaskEdits? edits, Action<string> warn)
    {
        var reschedule = edits?.Apply(task) ?? false;
        var values = task.Parameters;
        reschedule |= Apply(task);
        if (Given.Contains(nameof(Parameters)) && task.Parameters is { Count: > 0 } given)
        {
            task.Parameters = ParameterEdits.Merge(values, given, name => Mentions(task, name));
        }

        task.To = AddressEdits.Apply(task.To, AddTo, RemoveTo, Missing);
        task.Cc = AddressEdits.Apply(task.Cc, AddCc, RemoveCc, Missing);
        task.Bcc = AddressEdits.Apply(task.Bcc, AddBcc, RemoveBcc, Missing);
        task.Name = NewName ?? task.Name;
        return reschedule;

        void Missing(string address, string[] present) =>
            warn($"{task.Name}: '{address}' is not among the addresses to remove it from: "
                + $"{(present.Length == 0 ? "there are none" : string.Join(", ", present.Select(each => $"'{each}'")))}.");
    }

    private bool Mentions(ReportTask task, string name) =>
        task.Datasets.Concat(task.Recipients).Any(dataset => ParameterUse.IsPossible(Store, task, dataset, name));
}
