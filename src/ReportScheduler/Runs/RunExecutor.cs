using System.Globalization;
using ReportScheduler.Conditions;
using ReportScheduler.Delivery.Folder;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Splits;
using ReportScheduler.Store;
using ReportScheduler.Templates;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Walks one run through its steps: query, export, deliver, record.</summary>
/// <remarks>It works on the caller's thread and reports progress there. The run is
/// in the store when it starts, as one that has begun, owned by the caller.</remarks>
/// <param name="store">The store.</param>
/// <param name="clock">The time.</param>
/// <param name="kinds">The kinds of sources that datasets are read from.</param>
/// <param name="delivery">Brings files to people.</param>
/// <param name="givesBack">Whether a run that is cancelled now is left to the next runner, and not over.</param>
internal sealed class RunExecutor(IReportStore store, TimeProvider clock, IReadOnlyList<IRowSources> kinds, RunDelivery delivery,
    Func<bool> givesBack)
{
    private readonly RunComparison comparison = new(store);
    private readonly RunContract contract = new(store);
    private readonly RunStages stages = new(store, clock);

    /// <summary>Makes a run one that has begun, to be written as such before it is executed.</summary>
    public static void Begin(ReportRun run, DateTimeOffset now) =>
        (run.StartedAt, run.Outcome, run.Stage) = (run.StartedAt ?? now, RunOutcome.Running, RunStage.Query);

    /// <summary>Runs a report to its end. Whatever happens is the run's outcome and is
    /// recorded; what is thrown is that the store cannot be used: the run is let go then, and not over.</summary>
    /// <returns>The run as it is recorded: another one where another process has taken it over.</returns>
    public ReportRun Execute(ReportTask task, ReportRun run, RunOptions options, Action<RunProgress> onProgress, CancellationToken cancel)
    {
        var record = new RunRecorder(store, clock);
        using var said = stages.Begin(run);
        try
        {
            TakeSteps(task, run, options, onProgress, cancel);
            if (run.Outcome == RunOutcome.Delivering && options.StoppedBecause?.Invoke() is { } late)
            {
                StoppedRuns.End(run, RunErrors.RunStopped(task.Name, late));
            }
        }
        catch (OperationCanceledException) when (options.Lost.IsCancellationRequested)
        {
            Fail(run, RunErrors.RunnerLeaseLost(task.Name), RunOutcome.Interrupted);
            run.IsGivenBack = true;
            return run;
        }
        catch (OperationCanceledException) when (options.StoppedBecause?.Invoke() is { } words)
        {
            Fail(run, RunErrors.RunStopped(task.Name, words), RunOutcome.Cancelled);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && run.Trigger != RunTrigger.Manual && givesBack())
        {
            // what the store says stays: a run that was begun, whose owner is about to go
            Fail(run, RunErrors.RunGivenBack(task.Name), RunOutcome.Interrupted);
            run.IsGivenBack = true;
            return run;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Fail(run, RunErrors.RunCancelled(task.Name), RunOutcome.Cancelled);
        }
        catch (RunTakenOverException)
        {
            var theirs = record.AsTakenOver(run);
            if (theirs.Folder != run.Folder)
            {
                store.Files.RemoveFolder(run.Folder);
            }

            return theirs;
        }
        catch (ReportException problem) when (IsLetGo(run, problem))
        {
            // the report is not at fault: it is made again by whoever takes it up when the store is back
            throw;
        }
        catch (ReportException problem)
        {
            Fail(run, problem, RunOutcome.Failed);
        }
#pragma warning disable CA1031 // One report must never take the others down; this is the only place that catches everything.
        catch (Exception problem)
        {
            Fail(run, RunErrors.RunUnexpected(task.Name, problem), RunOutcome.Failed);
        }
#pragma warning restore CA1031

        return record.Write(task, run);
    }

    private bool IsLetGo(ReportRun run, ReportException problem) =>
        problem.IsTransient && problem.ErrorTarget as string == store.Address && run.Trigger != RunTrigger.Manual;

    private static void Fail(ReportRun run, ReportException problem, RunOutcome outcome)
    {
        run.Outcome = outcome;
        run.Error = problem.Message;
        run.ErrorId = problem.ErrorId;
        run.Cause = problem.InnerException ?? problem;
        run.ErrorCategory = problem.Category;
    }

    private void TakeSteps(ReportTask task, ReportRun run, RunOptions options, Action<RunProgress> onProgress, CancellationToken cancel)
    {
        var zone = Zones.Find(task.TimeZone);
        var warnings = new RunWarnings();
        ExportResult export;
        try
        {
            export = Export(task, run, options, zone, warnings, onProgress, cancel);
        }
        catch (ReportException)
        {
            run.Warnings = [.. run.Warnings, .. warnings];
            throw;
        }

        (run.Rows, run.Files) = (export.Rows, [.. export.Files]);
        RunFigures.Note(run, export);
        var ending = new TaskIdentities(task, store).Warnings(clock.GetUtcNow()).ToList();
        run.SecretEnds = ending.Count == 0 ? null : string.Join(' ', ending);
        run.Warnings = [.. run.Warnings, .. warnings, .. LongNames(run), .. ending];
        if (options.OutputPath is { } folder)
        {
            run.Files = [.. FolderDrop.Copy(run.Files, folder, task.ExistingFile)];
        }

        cancel.ThrowIfCancellationRequested();
        if (IsBlocked(task, run, options, export, zone))
        {
            Block(task, run, options, export, onProgress);
            return;
        }

        // that servers are missing is told whatever the others said
        if (!IsWanted(task, run, export, zone) && run.MissingConnections.Length == 0)
        {
            RunComparison.Leave(task, run);
            run.Outcome = task.SendWhen == nameof(SendWhen.HasRows) && run.Rows == 0 ? RunOutcome.NoData : RunOutcome.NotNeeded;
            run.Stage = RunStage.Record;
            return;
        }

        comparison.Keep(task, run, options);
        Enter(run, RunStage.Deliver, onProgress);
        if (!options.NoDelivery)
        {
            var leavesMail = options.LeavesMail?.Invoke() ?? false;
            delivery.Prepare(task, run, export, options.RedirectTo, leavesMail);
            delivery.Attempt(task, run, leavesMail, cancel);
        }

        RunOutcomes.Judge(run);
    }

    private bool IsWanted(ReportTask task, ReportRun run, ExportResult export, TimeZoneInfo zone) => export.Watcher switch
    {
        ReportWatch { Parts: { AsksEachPart: true } parts } => parts.IsSent,
        // what a result that is not as expected says of its condition is not to be trusted
        ReportWatch { Condition: { } watch } => RunCondition.IsWanted(task, run, watch, zone, clock.GetUtcNow())
            || run.Violations.Length > 0,
        _ => true,
    };

    // the mails of the parts say what is not as expected: it has to be known before they are made
    private bool AreSent(ReportTask task, ReportRun run, ReportWatch watch, TimeZoneInfo zone)
    {
        contract.Check(task, run, watch, zone);
        return watch.Condition is not { } condition || RunCondition.IsWanted(task, run, condition, zone, clock.GetUtcNow())
            || run.Violations.Length > 0;
    }

    private bool IsBlocked(ReportTask task, ReportRun run, RunOptions options, ExportResult export, TimeZoneInfo zone)
    {
        if (export.Watcher is not ReportWatch watch || contract.Check(task, run, watch, zone) is not { } violation)
        {
            return false;
        }

        // a person who tries the report sees it, and what is wrong with it
        if (task.OnViolation == ViolationPolicy.Banner || options.IsTrial)
        {
            run.Warnings = [.. run.Warnings, violation.Message];
            return false;
        }

        Fail(run, violation, RunOutcome.Held);
        return true;
    }

    /// <summary>Makes everything that would be sent, and holds it for a person.</summary>
    private void Block(ReportTask task, ReportRun run, RunOptions options, ExportResult export, Action<RunProgress> onProgress)
    {
        comparison.Keep(task, run, options);
        run.Outcome = RunOutcome.Running;
        Enter(run, RunStage.Deliver, onProgress);
        delivery.Prepare(task, run, export, null, held: RunErrors.ContractViolated(task.Name, run.Violations));
        run.Outcome = RunOutcome.Held;
    }

    private ExportResult Export(
        ReportTask task, ReportRun run, RunOptions options, TimeZoneInfo zone, RunWarnings warnings, Action<RunProgress> onProgress,
        CancellationToken cancel)
    {
        Enter(run, RunStage.Query, onProgress);
        var parameters = ReportParameters.Resolve(ReportParameters.Merge(task.Parameters, run.Parameters), run.DueAt, zone);
        run.ParameterValues = ReportParameters.Texts(parameters);
        var messages = new RunWarnings();
        // the time limit begins when the servers have room for the report
        using var places = new Places(kinds.Select(kind => kind.Reserve(task, cancel)));
        using var timeUp = new CancellationTokenSource(TaskSources.Limit(task, kinds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeUp.Token);
        try
        {
            return QueryRetry.Execute(
                task, () => Make(task, run, options, parameters, Document(task, run, zone, parameters, warnings), messages, onProgress,
                    either.Token), warnings, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancel.ThrowIfCancellationRequested();
            throw RunErrors.RunTimedOut(task);
        }
        finally
        {
            run.Messages = [.. messages];
        }
    }

    private ExportResult Make(
        ReportTask task, ReportRun run, RunOptions options, IReadOnlyList<ReportParameter> parameters, ReportDocument document,
        RunWarnings messages, Action<RunProgress> onProgress, CancellationToken cancel)
    {
        using var sources = new TaskSources(task, kinds,
            (kind, dataset) => kind.Open(task, dataset, task.Retry, new SourceTalk(messages.Add, document.Warn), cancel));
        var watch = document.Watcher as ReportWatch;
        using var comparing = watch?.Comparison;
        using var parts = watch?.Parts;
        using IReportExport export = task.SplitBy is null
            ? new ReportExport(document)
            : Split(task, run, options, document, sources, parameters, onProgress, cancel);
        var gaps = new RunGaps(task, run);
        watch?.Leave(gaps);
        long before = run.Rows = 0;
        foreach (var definition in task.Datasets)
        {
            var name = task.NameOf(definition);
            Enter(run, RunStage.Query, onProgress);
            using var results = sources.Of(definition)
                .Query(new RowQuery(definition.Script ?? definition.Query, parameters, task.Timeout), cancel);
            gaps.Take(name, results);
            Enter(run, RunStage.Export, onProgress);
            Add(name);
            using var names = FurtherNames(task, name).GetEnumerator();
            while (task.AllResults && results.Next() && names.MoveNext())
            {
                Add(names.Current);
            }

            FurtherResults.Warn(name, results, FurtherResults.InReport, document.Warn);

            void Add(string dataset)
            {
                export.Add(dataset, results, rows =>
                {
                    RoomForReports.Check(run.Folder!);
                    stages.Say(run);
                    onProgress(new RunProgress(run, RunStage.Export, run.Rows = before + rows));
                }, cancel);
                before = run.Rows;
            }
        }

        // the parts of a split report have neither: what they say is of the whole
        if (export is ReportExport whole)
        {
            if (comparing is not null)
            {
                RunChanges.End(task, run, comparing, whole, document.Warn, cancel);
            }

            gaps.Complete(whole, cancel);
        }
        else
        {
            // which parts there are is a question about the result; no file is made yet
            run.Stage = RunStage.Query;
        }

        return export.Complete(cancel);
    }

    /// <summary>The export of a report that is cut into one for each reader. Who the
    /// readers are is asked before the long queries.</summary>
    private SplitExport Split(
        ReportTask task, ReportRun run, RunOptions options, ReportDocument document, TaskSources sources,
        IReadOnlyList<ReportParameter> parameters, Action<RunProgress> onProgress, CancellationToken cancel)
    {
        var readers = SplitReaders.Read(task, sources.Of, parameters, document.Zone, document.Warn, cancel);
        return new SplitExport(document, run, new SplitRequest(readers, options.Keys, options.IsWanted)
        {
            Deliver = options.NoDelivery ? null : (part, export) => delivery.Make(part, run, export, options.RedirectTo),
            // the mails of the parts say what was found
            IsSent = document.Watcher is ReportWatch watch ? () => AreSent(task, run, watch, document.Zone) : null,
            Comparison = (document.Watcher as ReportWatch)?.Parts,
            Unmet = options.UnmetKeys,
            IsTrial = options.IsTrial,
            RedirectTo = options.RedirectTo,
            Planned = () => Enter(run, RunStage.Export, onProgress),
            CheckRoom = () => RoomForReports.Check(run.Folder!),
        });
    }

    /// <summary>Names for the further results of a query, with numbers that no dataset has.</summary>
    private static IEnumerable<string> FurtherNames(ReportTask task, string dataset) =>
        Enumerable.Range(2, int.MaxValue - 2).Select(number => string.Create(CultureInfo.InvariantCulture, $"{dataset} {number}"))
            .Where(name => !task.AllDatasets().Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private ReportDocument Document(
        ReportTask task, ReportRun run, TimeZoneInfo zone, IReadOnlyList<ReportParameter> parameters, RunWarnings warnings)
    {
        // one for each attempt: a process that the run was taken over from may awake and go on writing
        for (var earlier = 1; earlier < run.Attempt; earlier++)
        {
            store.Files.RemoveFolder(store.Files.FolderOf(run.Id, earlier));
        }

        run.Folder = store.Files.FolderOf(run.Id, run.Attempt);
        store.Files.Create(run.Folder);
        RoomForReports.Check(run.Folder);
        var culture = ReportCulture.Of(task.Culture);
        var condition = Condition.OfSendWhen(task.SendWhen);
        var parts = comparison.BeginParts(task, run, zone, warnings.Add);
        return new ReportDocument
        {
            Task = task,
            DueAt = TimeZoneInfo.ConvertTime(run.DueAt, zone),
            DataAt = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone),
            Parameters = [.. parameters.Select(parameter => new ShownParameter(parameter.Name,
                ReportParameters.Text(parameter.Value, culture), Users(task, parameter.Name))
            {
                Date = DateOf(parameter.Value),
                Words = task.ParameterLabel?[parameter.Name] as string,
            }).Where(shown => shown.Words != "")],
            Culture = culture,
            Theme = TaskTheme.Of(store, task, warnings.Add),
            LastFigures = RunFigures.Last(store, task),
            Folder = run.Folder,
            FileName = format => FileNames.Render(task, run, culture, zone, format),
            Warn = warnings.Add,
            // what is other than before is asked of each part
            Watcher = new ReportWatch(parts is { AsksEachPart: true } ? null : condition, comparison.Begin(task, run), Contract.Of(task))
            {
                Parts = parts,
            },
        };
    }

    private static IEnumerable<string> LongNames(ReportRun run)
    {
        var names = run.Files.Select(Path.GetFileName).OfType<string>().Where(SafeName.IsShortened).ToList();
        return names.Count == 0 ? []
            : [(names.Count == 1 ? $"The file name '{names[0]}' was" : $"{names.Count} file names, such as '{names[0]}', were")
                + " too long and shortened in the middle; start and end stay. Give the task a shorter -Name or -FileName."];
    }

    private static DateTime? DateOf(object? value) => value switch
    {
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        DateTime time => time,
        DateTimeOffset time => time.DateTime,
        // a day that was typed is one too
        string text when DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => null,
    };

    /// <summary>The datasets whose queries mention a parameter; null where all do, or nobody can say.</summary>
    private List<string>? Users(ReportTask task, string parameter)
    {
        if (!task.HasSeveralDatasets)
        {
            return null;
        }

        var users = task.Datasets
            .Where(dataset => dataset.Script is not null || task.IsGathered(dataset)
                || store.ProviderOf(task.ConnectionOf(dataset)) is not { } provider
                || DatabaseProviders.Named(provider).Read(dataset.Query).Mentions(parameter))
            .Select(task.NameOf).ToList();
        return users.Count == task.Datasets.Length ? null : users;
    }

    private void Enter(ReportRun run, RunStage stage, Action<RunProgress> onProgress)
    {
        run.Stage = stage;
        stages.Say(run);
        onProgress(new RunProgress(run, stage, run.Rows));
    }
}
