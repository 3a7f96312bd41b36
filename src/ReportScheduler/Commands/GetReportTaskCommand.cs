using System.Management.Automation;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Lists report tasks with their next run, last run and outcome.</summary>
/// <remarks>Times are in each task's own time zone.</remarks>
/// <example>
/// <code>Get-ReportTask</code>
/// <para>Lists all tasks.</para>
/// </example>
/// <example>
/// <code>Get-ReportTask -Connection 'prod-*' -Enabled -LastOutcome Failed, Held</code>
/// <para>Shows what is scheduled on the production servers and went wrong the last time.</para>
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

    private IReadOnlySet<string>? liveLabels;

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

    /// <summary>Tasks that read from one of these connections, with a dataset of theirs too. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>Tasks whose schedule is followed; with -Enabled:$false the others.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Enabled { get; set; }

    /// <summary>Tasks whose newest run ended like this.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public RunOutcome[]? LastOutcome { get; set; }

    /// <summary>Tasks of these owners, by the address or with the name beside it. Wildcards are allowed; '' finds those without
    /// one.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(OwnerCompleter))]
    public string[]? Owner { get; set; }

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

        // -Enabled $false binds the value as a name, which is none that a person would give
        var isValue = IsTyped(nameof(Enabled)) && IsTyped(nameof(Name)) && Name is ["True" or "False"] && Store.FindTask(Name[0]) is null;
        bool? enabled = isValue ? bool.Parse(Name[0]) : IsTyped(nameof(Enabled)) ? Enabled.IsPresent : null;
        foreach (var name in isValue ? ["*"] : Name)
        {
            Guard(() =>
            {
                foreach (var task in (isValue ? FindTasks(name) : FindTasks([name], TaskId)).Where(task => IsWanted(task, enabled)))
                {
                    LookForRunner(task);
                    Show(task);
                }

                TellUnreadable(name);
            });
        }
    }

    private void LookForRunner(ReportTask task)
    {
        if (task.RunOn is not null)
        {
            task.LookForRunner(liveLabels ??= RunnerLabels.Alive(Store.Runners));
        }
    }

    private bool IsWanted(ReportTask task, bool? enabled) =>
        (enabled is null || task.Enabled == enabled)
        && (LastOutcome is null || LastOutcome.Cast<RunOutcome?>().Contains(task.LastOutcome))
        && (Connection is null || task.Connections().Any(name => IsLike(name, Connection)))
        && (Owner is null || IsLike(task.Owner ?? "", Owner) || (task.Owner is { } owner && IsLike(MailAddresses.Parse(owner).Address, Owner)));

    private static bool IsLike(string text, string[] patterns) =>
        Array.Exists(patterns, pattern => Wildcards.Of(pattern).IsMatch(text));

    /// <summary>A definition that this version cannot read is no reason to keep quiet about it, or about the others.</summary>
    private void TellUnreadable(string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            var pattern = Wildcards.Of(name);
            foreach (var record in Store.GetUnreadable().Where(record => record.Noun == nameof(ReportTask) && pattern.IsMatch(record.Name)))
            {
                WriteError(StoreErrors.RecordNotReadable(record.Noun, record.Name, record.Problem).ToErrorRecord());
            }
        }
    }
}
