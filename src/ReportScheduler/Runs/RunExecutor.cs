using ReportScheduler.Delivery.Folder;
using ReportScheduler.Exports;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Walks one run through its steps: query, export, deliver, record.</summary>
/// <remarks>It works on the caller's thread and reports progress there. The run is
/// in the store when it starts, as one that has begun, owned by the caller.</remarks>
/// <param name="store">The store.</param>
/// <param name="clock">The time.</param>
/// <param name="kinds">The kinds of sources that datasets are read from.</param>
/// <param name="places">The places that runs have at those.</param>
/// <param name="delivery">Brings files to people.</param>
/// <param name="givesBack">Whether a run that is cancelled now is left to the next runner, and not over.</param>
internal sealed class RunExecutor(IReportStore store, TimeProvider clock, IReadOnlyList<IRowSources> kinds, RunPlaces places,
    RunDelivery delivery, Func<bool> givesBack)
{
    private readonly RunComparison comparison = new(store);
    private readonly SendDecision decision = new(store, clock);
    private readonly RunStages stages = new(store, clock);

    /// <summary>Makes a run one that has begun, to be written as such before it is executed.</summary>
    public static void Begin(ReportRun run, DateTimeOffset now) =>
        (run.StartedAt, run.Outcome, run.Stage, run.Machine) =
            (run.StartedAt ?? now, RunOutcome.Running, RunStage.Query, Environment.MachineName);

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
        if (!decision.IsWanted(task, run, export, zone) && run.MissingConnections.Length == 0)
        {
            RunComparison.Leave(task, run);
            run.Outcome = task.SendWhen == nameof(SendWhen.HasRows) && run.Rows == 0 ? RunOutcome.NoData : RunOutcome.NotNeeded;
            run.Stage = RunStage.Record;
            return;
        }

        comparison.Keep(task, run, options);
        stages.Enter(run, RunStage.Deliver, onProgress);
        if (!options.NoDelivery)
        {
            var leavesMail = options.LeavesMail?.Invoke() ?? false;
            delivery.Prepare(task, run, export, options.RedirectTo, leavesMail);
            delivery.Attempt(task, run, leavesMail, cancel);
        }

        RunOutcomes.Judge(run);
    }

    private bool IsBlocked(ReportTask task, ReportRun run, RunOptions options, ExportResult export, TimeZoneInfo zone)
    {
        if (decision.Violation(task, run, export, zone) is not { } violation)
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
        stages.Enter(run, RunStage.Deliver, onProgress);
        delivery.Prepare(task, run, export, null, held: RunErrors.ContractViolated(task.Name, run.Violations));
        run.Outcome = RunOutcome.Held;
    }

    private ExportResult Export(
        ReportTask task, ReportRun run, RunOptions options, TimeZoneInfo zone, RunWarnings warnings, Action<RunProgress> onProgress,
        CancellationToken cancel)
    {
        stages.Enter(run, RunStage.Query, onProgress);
        var parameters = ReportParameters.Resolve(ReportParameters.Merge(task.Parameters, run.Parameters), run.DueAt, zone);
        run.ParameterValues = ReportParameters.Texts(parameters);
        var messages = new RunWarnings();
        // the time limit begins when the servers have room for the report
        using var entered = places.Enter(task, run.Id, cancel);
        using var timeUp = new CancellationTokenSource(TaskSources.Limit(task, kinds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeUp.Token);
        try
        {
            var export = new RunExport(kinds, delivery, stages, decision);
            var documents = new RunDocuments(store, clock, comparison);
            return QueryRetry.Execute(
                task, () => export.Make(task, run, options, parameters, documents.Begin(task, run, zone, parameters, warnings), messages,
                    onProgress, either.Token), warnings, either.Token);
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

    private static IEnumerable<string> LongNames(ReportRun run)
    {
        var names = run.Files.Select(Path.GetFileName).OfType<string>().Where(SafeName.IsShortened).ToList();
        return names.Count == 0 ? []
            : [(names.Count == 1 ? $"The file name '{names[0]}' was" : $"{names.Count} file names, such as '{names[0]}', were")
                + " too long and shortened in the middle; start and end stay. Give the task a shorter -Name or -FileName."];
    }
}
