using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using ReportScheduler.Commands.Scripts;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Runs;
using ReportScheduler.Schedules;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Runs report tasks now: queries, writes the files, delivers them and records the run.</summary>
/// <remarks>
/// With -Name a run of its own is made, whatever its schedule. With -Due exactly the tasks whose due time has come are
/// run, each due time once however many processes try, and waiting mail is tried again: this is what an operating system's
/// scheduler calls; -WhatIf lists them, and a missing store is an error then, unless -AllowMissingStore is given. A run that fails is
/// written to the pipeline like any other and is an error as well, so that $ErrorActionPreference and the exit code show it. A run with
/// -NoDelivery or -RedirectTo is a test: it mails its task's owner nothing and counts neither for -NotifyEvery nor for -PauseAfterFailures.
/// A due time that -Due finds too late for the task's -Missed is written as a Missed run, with a warning that names the command that
/// produces the report, and its owner is notified, at most once a day.
/// With -Parameters the run is not compared with the last result where the values are others than those of the task, and later ones are not
/// compared with it; with -DueAt they are. A part of a split report that -Key sends to its reader counts as the last one that the reader
/// got; with -RedirectTo or -NoDelivery it does not. A run that somebody stops with Stop-ReportRun is an error like one that fails.
/// With -DueAt the run takes the place of the schedule's own for that instant. A task without a schedule takes any instant; for one with a
/// schedule an instant that it lacks is run with a warning. A second call, a
/// runner and -Due get the same run and make no other, whatever its outcome. A call that finds it running waits for it
/// to end. With -Overlap Parallel it starts at once; else it waits while another run of the task is going on. With
/// -From and -To each due instant gets a run of its own with the trigger Manual; a run that fails does not stop those
/// after it.
/// A split report with -WhatIf is queried, and a ReportPart is written for each part: key, rows and addresses, with -From and -To for each
/// due instant.
/// </remarks>
/// <example>
/// <code>Invoke-ReportTask 'Daily sales' -NoDelivery -OutputPath ./reports</code>
/// <para>Makes the files and sends nothing.</para>
/// </example>
/// <example>
/// <code>Invoke-ReportTask 'Daily sales' -RedirectTo me@example.com -AsOf '2026-11-01 07:00'</code>
/// <para>Sends the report of another day, to one address only.</para>
/// </example>
/// <example>
/// <code>Invoke-ReportTask 'Sales by region' -Parameters @{ region = 'north' }</code>
/// <para>Runs the report with another value than the task's.</para>
/// </example>
/// <example>
/// <code>Invoke-ReportTask 'Daily sales' -From 2026-09-01 -To 2026-09-30 -WhatIf</code>
/// <para>Lists the thirty reports that would be made again, one for each day. Without -WhatIf it makes them.</para>
/// </example>
/// <example>
/// <code>Invoke-ReportTask 'Daily sales' -DueAt $env:LOGICAL_DATE</code>
/// <para>Lets another scheduler run the report for its own instant; a second call gets the same run.</para>
/// </example>
/// <example>
/// <code>Invoke-ReportTask 'Sales by region' -WhatIf</code>
/// <para>Queries a split report and lists its parts, with key, rows and addresses, and makes and sends nothing.</para>
/// </example>
/// <example>
/// <code>Invoke-ReportTask 'Sales by region' -Key north -RedirectTo me@example.com</code>
/// <para>Makes one part of a split report and sends it to one's own address.</para>
/// </example>
/// <example>
/// <code>Invoke-ReportTask -Due</code>
/// <para>Runs what is due and nothing else.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "ReportTask", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(ReportRun), typeof(ReportPart))]
public sealed class InvokeReportTaskCommand : ReportCommand, IDisposable
{
    private const string NameSet = "Name";
    private const string WindowSet = "Window";
    private const string DueAtSet = "DueAt";
    private const string DueSet = "Due";

    // clocks of other schedulers are not the one of this machine
    private static readonly TimeSpan EarlyCall = TimeSpan.FromMinutes(1);

    private readonly StopSignal stop = new();
    private TimeProvider clock => Store.Clock;

    /// <summary>The names of the report tasks. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WindowSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = DueAtSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("TaskName")]
    [NameTransformation]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The id of the task of a piped run.</summary>
    [Parameter(ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [Parameter(ParameterSetName = WindowSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [Parameter(ParameterSetName = DueAtSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? TaskId { get; set; }

    /// <summary>Runs what is due, and nothing else.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DueSet)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Due { get; set; }

    /// <summary>A store that is not there yet has nothing due. Without it that is an error, because the path may be mistyped.</summary>
    [Parameter(ParameterSetName = DueSet)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter AllowMissingStore { get; set; }

    /// <summary>Labels of this computer: it takes the runs of tasks whose -RunOn is one of them, beside those of
    /// tasks without -RunOn.</summary>
    [Parameter(ParameterSetName = DueSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public string[] Label { get; set; } = [];

    /// <summary>The instant the report is about; relative dates count from it. Without an
    /// offset it is in the task's time zone. Default: now.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [InstantTransformation(IsTyped = true)]
    public DateTime? AsOf { get; set; }

    /// <summary>Makes one run for each due instant of the task's schedule from here on, in their order, whether they ran before or
    /// not. A date without a time begins with that day; without an offset it is in the task's time zone.</summary>
    [Parameter(ParameterSetName = WindowSet)]
    [InstantTransformation(IsTyped = true)]
    public DateTime? From { get; set; }

    /// <summary>The last instant of -From, itself included; a date without a time means the
    /// whole day. Default: now. A call makes at most 1000 runs.</summary>
    [Parameter(ParameterSetName = WindowSet)]
    [InstantTransformation(IsTyped = true)]
    public DateTime? To { get; set; }

    /// <summary>Runs the task for this instant unless it has a run for it, whoever calls and however often: for schedulers such as Airflow,
    /// Rundeck, SQL Server Agent or a Kubernetes CronJob. Without an offset it is in the task's time zone.</summary>
    [Parameter(ParameterSetName = DueAtSet)]
    [InstantTransformation(IsTyped = true)]
    public DateTime? DueAt { get; set; }

    /// <summary>Values in place of the task's, such as @{ region = 'north' }, for parameters
    /// that the task has. They are recorded in the history.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = WindowSet)]
    [Parameter(ParameterSetName = DueAtSet)]
    [TableTransformation]
    public IDictionary? Parameters { get; set; }

    /// <summary>A folder that gets the files.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = WindowSet)]
    [Parameter(ParameterSetName = DueAtSet)]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>Writes the files only: nothing is mailed or dropped.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = WindowSet)]
    [Parameter(ParameterSetName = DueAtSet)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter NoDelivery { get; set; }

    /// <summary>Sends everything to this address instead of the task's recipients, and drops nothing in the destination folder.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = WindowSet)]
    [Parameter(ParameterSetName = DueAtSet)]
    [ValidateNotNullOrEmpty]
    public string? RedirectTo { get; set; }

    /// <summary>Makes and sends only the parts of a split report with these keys.
    /// Wildcards are allowed; keys are case-sensitive.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = WindowSet)]
    [Parameter(ParameterSetName = DueAtSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PartKeyCompleter))]
    public string[] Key { get; set; } = [];

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override bool RunsReports => true;

    private protected override bool NeedsStore => Due && !AllowMissingStore;

    private protected override bool MayStoreBeMissing => true;

    private protected override void Process()
    {
        if (Due)
        {
            RunDue();
            return;
        }

        CheckInstants();
        if (DueAt is not null && Trials().FirstOrDefault() is { } trial)
        {
            throw CommandErrors.DueAtIsNoTrial(trial);
        }

        if (RedirectTo is not null)
        {
            RedirectTo = MailAddresses.Trim(RedirectTo);
            MailAddresses.Check(RedirectTo);
        }

        foreach (var task in FindTasks(Name, TaskId))
        {
            if (stop.Token.IsCancellationRequested)
            {
                return;
            }

            Guard(() =>
            {
                ReportParameters.CheckDeclared(task, Values);
                if (Key.Length > 0 && task.SplitBy is null)
                {
                    throw CommandErrors.TaskNotSplit(task.Name);
                }

                Run(task);
            });
        }
    }

    private void Run(ReportTask task)
    {
        if (From is { } from)
        {
            RunWindow(task, DueWindow.Of(task, from, To, clock.GetUtcNow()));
            return;
        }

        var zone = Zones.Find(task.TimeZone);
        if (DueAt is { } due)
        {
            var instant = Zones.ToInstant(due, zone);
            if (TaskSchedule.Of(task) is { } schedule && schedule.Next(instant.AddTicks(-1)) != instant)
            {
                WriteWarning(RunDescription.DescribeUnscheduled(task, instant, schedule));
            }

            if (instant > clock.GetUtcNow() + EarlyCall)
            {
                WriteWarning(RunDescription.DescribeEarly(task, instant));
            }

            RunOnce(task, instant);
            return;
        }

        if (ShouldProcess(task.Name, RunDescription.Describe(task, Options(), Store)))
        {
            RunOne(task, AsOf is { } time ? Zones.ToInstant(time, zone) : clock.GetUtcNow());
        }
        else
        {
            ShowParts(task, AsOf is { } about ? Zones.ToInstant(about, zone) : clock.GetUtcNow());
        }
    }

    private void RunWindow(ReportTask task, IReadOnlyList<DateTimeOffset> due)
    {
        if (due.Count == 0)
        {
            WriteWarning($"{task.Name}: it is not due in this window. Get-ReportSchedule -Name {PowerShellText.Quoted(task.Name)} lists "
                + "when it is.");
        }

        if (due.Count(instant => instant > clock.GetUtcNow() + EarlyCall) is > 0 and var early)
        {
            WriteWarning($"{task.Name}: {early} of the {due.Count} {(due.Count == 1 ? "run is" : "runs are")} for an instant still to "
                + "come. Without -To the window ends now.");
        }

        for (var i = 0; i < due.Count && !stop.Token.IsCancellationRequested; i++)
        {
            if (ShouldProcess($"{task.Name} {InstantText.Of(Zones.Show(due[i], task.TimeZone))}",
                $"Run {i + 1} of {due.Count}: {RunDescription.Describe(task, Options(), Store)}"))
            {
                RunOne(task, due[i]);
            }
            else
            {
                ShowParts(task, due[i]);
            }
        }
    }

    private void RunOnce(ReportTask task, DateTimeOffset due)
    {
        if (ShouldProcess($"{task.Name} {InstantText.Of(due)}",
            $"Unless this instant has a run: {RunDescription.Describe(task, Options(), Store)}"))
        {
            using var worker = new RunWorker(Store, clock, () => stop.IsTermination,
                [new ScriptSources(Store, byPerson: true)]) { OnTrouble = problem => WriteWarning(problem.Message) };
            var now = clock.GetUtcNow();
            var run = worker.RunOnce(task, due, Values, ShowProgress, stop.Token);
            if (run.IsFailure && run.FinishedAt < now)
            {
                WriteWarning(RunDescription.DescribeEarlier(run));
            }

            Show(run);
        }
        else
        {
            ShowParts(task, due);
        }
    }

    private void RunOne(ReportTask task, DateTimeOffset dueAt)
    {
        using var worker = new RunWorker(Store, clock,
            sources: [new ScriptSources(Store, byPerson: true)]) { OnTrouble = problem => WriteWarning(problem.Message) };
        Show(worker.RunNow(task, RunTrigger.Manual, dueAt, Options(), ShowProgress, stop.Token));
    }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? ((SwitchParameter)given).IsPresent
        : GetVariableValue("WhatIfPreference") is { } preference && LanguagePrimitives.IsTrue(preference);

    /// <summary>Who would get which part: the query is run for that, and nothing is made or kept.</summary>
    private void ShowParts(ReportTask task, DateTimeOffset dueAt)
    {
        if (IsWhatIf && task.SplitBy is not null)
        {
            var preview = new SplitPreview(Store, [new ScriptSources(Store, byPerson: true)]);
            WriteObject(preview.Parts(task, dueAt, Options(), WriteWarning, stop.Token), enumerateCollection: true);
        }
    }

    private void RunDue()
    {
        var work = DueDescription.Due(Store, clock.GetUtcNow());
        if (!ShouldProcess(Store.Address, $"Run the report tasks that are due: {work}") || !Store.IsThere)
        {
            return;
        }

        RunnerLabels.Check(Label);
        using var worker = new RunWorker(Store, clock, () => stop.IsTermination,
            [new ScriptSources(Store, byPerson: false)]) { OnTrouble = problem => WriteWarning(problem.Message), Labels = Label };
        foreach (var run in worker.RunDue(ShowProgress, stop.Token))
        {
            Show(run);
        }
    }

    // without the instant it would be a run of now
    private void CheckInstants()
    {
        if (ParameterSetName == DueAtSet && DueAt is null)
        {
            throw CommandErrors.InstantEmpty("-DueAt");
        }

        if (ParameterSetName == WindowSet && From is null)
        {
            throw MyInvocation.BoundParameters.ContainsKey(nameof(From))
                ? CommandErrors.InstantEmpty("-From")
                : CommandErrors.WindowNotBegun();
        }
    }

    /// <summary>What was given beside -DueAt that makes no report of the schedule.</summary>
    private IEnumerable<string> Trials() => new[] { nameof(NoDelivery), nameof(RedirectTo), nameof(OutputPath), nameof(Key) }
        .Where(name => MyInvocation.BoundParameters.TryGetValue(name, out var given) && given is not SwitchParameter { IsPresent: false })
        .Select(name => $"-{name}");

    private OrderedDictionary? Values => Parameters is { Count: > 0 } given ? GivenMembers.Ordered(given) : null;

    private RunOptions Options() => new()
    {
        Parameters = Values,
        OutputPath = OutputPath is null ? null : FullPath(OutputPath),
        NoDelivery = NoDelivery,
        RedirectTo = RedirectTo,
        Keys = Key,
        IsWanted = Key.Length == 0 ? null : new GivenKeys(Key).IsAsked,
        UnmetKeys = new GivenKeys(Key).Unmet,
    };

    private void ShowProgress(RunProgress progress)
    {
        try
        {
            WriteProgress(new ProgressRecord(1, progress.Run.TaskName, progress.Stage switch
            {
                RunStage.Query => "Waiting for the source",
                RunStage.Export => $"Writing files: {progress.Rows:N0} {(progress.Rows == 1 ? "row" : "rows")}",
                RunStage.Deliver => $"Delivering: {progress.Rows:N0} {(progress.Rows == 1 ? "row" : "rows")}",
                _ => "Recording",
            }));
        }
        catch (PipelineStoppedException)
        {
            // Ctrl+C: writing throws at once, and the run ends through its token and is recorded.
        }
    }

    private void Show(ReportRun run)
    {
        if (Stopping)
        {
            return;
        }

        WriteProgress(new ProgressRecord(1, run.TaskName, "Done") { RecordType = ProgressRecordType.Completed });
        if (run.IsTakenOver)
        {
            WriteWarning($"{run.TaskName}: {RunnerText.TakenOver(run)}.");
        }

        foreach (var warning in run.Warnings)
        {
            WriteWarning($"{run.TaskName}: {warning}");
        }

        foreach (var message in run.Messages)
        {
            WriteInformation(new HostInformationMessage { Message = $"{run.TaskName}: message of the source: {message}" },
                ["PSHOST", "ReportScheduler"]);
        }

        if (run.Outcome == RunOutcome.Delivering)
        {
            WriteWarning(RunDescription.DescribeWaiting(run));
        }

        if (run.Outcome == RunOutcome.Missed)
        {
            WriteWarning(RunDescription.DescribeMissed(run));
        }

        Store.Files.Locate([run]);
        WriteObject(run);
        // who waits for a run that somebody stopped elsewhere must not go on as if it were made
        if (run.IsFailure || (run.Outcome == RunOutcome.Cancelled && !stop.Token.IsCancellationRequested))
        {
            WriteError(CommandErrors.RunFailed(run).ToErrorRecord());
        }
    }
}
