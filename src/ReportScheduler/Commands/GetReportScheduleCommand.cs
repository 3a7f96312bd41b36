using System.Management.Automation;
using ReportScheduler.Hosting;
using ReportScheduler.Schedules;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Explains a schedule in plain language, with its next due times and anything surprising about it.</summary>
/// <remarks>
/// Times have the UTC offset that the schedule's zone has then. Cron text has five fields (minute, hour, day of month, month,
/// day of week) or six with the second first; names, lists, ranges that may wrap (22-2, FRI-MON), steps, L (last day), L-3, 15W
/// (nearest weekday), MON#2 (second Monday), 5L (last Friday) and '@hourly', '@daily', '@weekly', '@monthly', '@yearly' (in quotes) are
/// understood.
/// Day of month and day of week must both match. A time that daylight saving skips is due at the first instant after the gap;
/// one that comes twice is due once, at the first, unless a time field has *, a range or a step.
/// </remarks>
/// <example>
/// <code>Get-ReportSchedule '0 9 * * MON-FRI' -TimeZone Europe/Paris -Count 10</code>
/// <para>Shows the next ten times of nine o'clock on weekdays in Paris.</para>
/// </example>
/// <example>
/// <code>Get-ReportSchedule -Name 'Daily*'</code>
/// <para>Explains the schedules of report tasks and lists the others that are due in the same minute.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReportSchedule", DefaultParameterSetName = NameSet)]
[OutputType(typeof(ScheduleExplanation))]
public sealed class GetReportScheduleCommand : ReportCommand
{
    private const string CronSet = "Cron";
    private const string EverySet = "Every";
    private const string AtSet = "At";
    private const string NameSet = "Name";

    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    /// <summary>The schedule as cron text.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CronSet)]
    [AllowNull]
    [AllowEmptyString]
    public string Cron { get; set; } = "";

    /// <summary>The schedule as the time between two runs, such as 15m or 2h30m; it counts from -StartAt, else from now.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EverySet)]
    [DurationTransformation]
    public TimeSpan Every { get; set; }

    /// <summary>The schedule as one instant. Without an offset it is in the schedule's time zone.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AtSet)]
    [InstantTransformation]
    public DateTime At { get; set; }

    /// <summary>The names of report tasks whose schedules are explained. Wildcards are allowed. Default: all that have one.</summary>
    [Parameter(ParameterSetName = NameSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskName")]
    [NameTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The id of the task of a piped run.</summary>
    [Parameter(ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? TaskId { get; set; }

    /// <summary>No run is due before this instant. Without an offset it is in the schedule's time zone.</summary>
    [Parameter(ParameterSetName = CronSet)]
    [Parameter(ParameterSetName = EverySet)]
    [InstantTransformation]
    public DateTime? StartAt { get; set; }

    /// <summary>No run is due after this instant. Without an offset it is in the schedule's time zone.</summary>
    [Parameter(ParameterSetName = CronSet)]
    [Parameter(ParameterSetName = EverySet)]
    [InstantTransformation]
    public DateTime? EndAt { get; set; }

    /// <summary>The zone of the schedule: an IANA or Windows id. Default: this computer's.</summary>
    [Parameter(ParameterSetName = CronSet)]
    [Parameter(ParameterSetName = EverySet)]
    [Parameter(ParameterSetName = AtSet)]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public string? TimeZone { get; set; }

    /// <summary>How many due times to list.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Count { get; set; } = 5;

    /// <summary>Lists the due times after this instant. Without an offset it is in the schedule's time zone. Default: now.</summary>
    [Parameter]
    [InstantTransformation(IsTyped = true)]
    public DateTime? After { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == CronSet && string.IsNullOrEmpty(Cron))
        {
            throw CommandErrors.CronEmpty();
        }

        if (ParameterSetName != NameSet)
        {
            var task = GivenTask();
            WriteObject(Explain(task, name: null, Schedule(task), []));
            return;
        }

        foreach (var name in Name)
        {
            var tasks = FindTasks([name], TaskId);
            foreach (var task in WildcardPattern.ContainsWildcardCharacters(name)
                ? tasks.Where(task => TaskSchedule.Of(task) is not null)
                : tasks)
            {
                Guard(() => ExplainTask(task));
            }
        }
    }

    /// <summary>The schedule that was given; where that is the name of a task, the error says how to ask for it.</summary>
    private ReportSchedule Schedule(ReportTask task)
    {
        try
        {
            return TaskSchedule.Of(task)!;
        }
        catch (ReportException problem) when (ParameterSetName == CronSet && HasStore
            && Store.GetTasks().FirstOrDefault(known => known.Name.Equals(Cron.Trim(), StringComparison.OrdinalIgnoreCase)) is { } meant)
        {
            throw CommandErrors.NameIsNoSchedule(meant.Name, problem);
        }
    }

    private void ExplainTask(ReportTask task)
    {
        var schedule = TaskSchedule.Of(task) ?? throw HostingErrors.TaskHasNoSchedule(task.Name);
        WriteObject(Explain(task, task.Name, schedule, [.. Store.GetTasks().Where(other => other.Id != task.Id)]));
    }

    private ScheduleExplanation Explain(ReportTask task, string? name, ReportSchedule schedule, IReadOnlyList<ReportTask> others) =>
        ScheduleExplainer.Explain(schedule, name, Instant(After, task) ?? now, Count, others, task switch
        {
            { Enabled: false } => "It is disabled: nothing of this runs until Enable-ReportTask.",
            { PausedBecause: { } why } => $"It was paused automatically and does not run until Enable-ReportTask. {why}",
            _ => null,
        });

    private ReportTask GivenTask()
    {
        var task = new ReportTask { TimeZone = TimeZone ?? Zones.Local, CreatedAt = now };
        task.Cron = ParameterSetName == CronSet ? Cron : null;
        task.Every = ParameterSetName == EverySet ? Every : null;
        task.At = ParameterSetName == AtSet ? Instant(At, task) : null;
        task.StartAt = Instant(StartAt, task);
        task.EndAt = Instant(EndAt, task);
        return task;
    }

    private static DateTimeOffset? Instant(DateTime? time, ReportTask task) =>
        time is { } given ? Zones.ToInstant(given, Zones.Find(task.TimeZone)) : null;
}
