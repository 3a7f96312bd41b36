using Polly;
using Polly.Retry;
using ReportScheduler.Exports;
using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Runs;

/// <summary>Makes the files of a run again from the start when its query was not to
/// blame. Nothing is delivered before they are whole.</summary>
internal static class QueryRetry
{
    /// <param name="task">Says how often, and for what.</param>
    /// <param name="make">Queries and writes the files; what it leaves unfinished, it removes.</param>
    /// <param name="warnings">Are told of each further try.</param>
    /// <param name="cancel">Stops trying.</param>
    /// <exception cref="ReportException">The last try failed as well; it says how many there were.</exception>
    public static ExportResult Execute(ReportTask task, Func<ExportResult> make, RunWarnings warnings, CancellationToken cancel)
    {
        if (task.Retry == 0)
        {
            return make();
        }

        var tries = 1;
        try
        {
            return Pipeline(task, failed =>
            {
                tries++;
                warnings.Add($"The query was run again from the start (try {tries} of {task.Retry + 1}): {failed.Message}");
            }).Execute(_ => make(), cancel);
        }
        catch (ReportException problem) when (tries > 1)
        {
            throw problem.After(tries);
        }
    }

    private static ResiliencePipeline<ExportResult> Pipeline(ReportTask task, Action<Exception> onRetry) =>
        new ResiliencePipelineBuilder<ExportResult>()
        .AddRetry(new RetryStrategyOptions<ExportResult>
        {
            MaxRetryAttempts = task.Retry,
            BackoffType = DelayBackoffType.Exponential,
            // two that got into each other's way should not meet again
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromSeconds(15),
            ShouldHandle = new PredicateBuilder<ExportResult>().Handle<ReportException>(problem => IsWanted(problem, task)),
            OnRetry = failed =>
            {
                onRetry(failed.Outcome.Exception!);
                return default;
            },
        })
        .Build();

    private static bool IsWanted(ReportException problem, ReportTask task) => problem.ErrorId == nameof(ProviderErrors.QueryDeadlocked)
        || (task.RetryQuery && problem.ErrorId is nameof(ProviderErrors.ReadFailed) or nameof(ProviderErrors.QueryLocked));
}
