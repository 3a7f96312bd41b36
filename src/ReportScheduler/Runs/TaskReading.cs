using System.Collections.Specialized;
using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Reads the datasets of a task for whoever wants its rows and no report. Nothing is recorded.</summary>
/// <param name="store">The store.</param>
/// <param name="task">The task.</param>
/// <param name="sources">Kinds of sources beside the databases of the store.</param>
/// <param name="talk">Hears what the sources say beside the rows.</param>
internal sealed class TaskReading(IReportStore store, ReportTask task, IReadOnlyList<IRowSources> sources, SourceTalk talk)
{
    private readonly IRowSources[] kinds = [.. sources, new GatherSources(store), new DatabaseSources(store)];

    /// <summary>The rows of one dataset as they come. Going on to no further one stops the query.</summary>
    /// <param name="dataset">One of the task's.</param>
    /// <param name="parameters">Values in place of the task's own; null for none.</param>
    /// <param name="dueAt">The instant that relative dates count from.</param>
    /// <param name="most">At most so many rows.</param>
    /// <param name="cancel">Stops the query.</param>
    /// <exception cref="ReportException">The source refused the query, or it took too long.</exception>
    public IEnumerable<(IReadOnlyList<SourceColumn> Columns, Cell[] Values)> Rows(
        ReportDataset dataset, OrderedDictionary? parameters, DateTimeOffset dueAt, int most, CancellationToken cancel)
    {
        var zone = Zones.Find(task.TimeZone);
        var values = ReportParameters.Resolve(ReportParameters.Merge(task.Parameters, parameters), dueAt, zone);
        using var places = ServerSlots.Take(store, kinds.SelectMany(kind => kind.PlacesOf(task)), cancel);
        using var timeUp = new CancellationTokenSource(TaskSources.Limit(task, kinds), store.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeUp.Token);
        using var opened = new TaskSources(task, kinds, (kind, each) => kind.Open(task, each, task.Retry, talk, either.Token));
        T InTime<T>(Func<T> read)
        {
            try
            {
                return read();
            }
            catch (OperationCanceledException) when (timeUp.IsCancellationRequested && !cancel.IsCancellationRequested)
            {
                throw RunErrors.RunTimedOut(task);
            }
        }

        using var results =
            InTime(() => opened.Of(dataset).Query(new RowQuery(dataset.Script ?? dataset.Query, values, task.Timeout), either.Token));
        foreach (var gap in (results as IGatheredResults)?.Gaps ?? [])
        {
            talk.Warn?.Invoke($"'{gap.Name}' gave no rows: {gap.Error}");
        }

        var rows = results.Rows(zone, column => dataset.Column(column.Name)?.Format);
        using var pool = new BatchPool(rows.Columns.Count);
        InTime(() =>
        {
            rows.LookAhead(pool, either.Token);
            return true;
        });
        while (InTime(() => rows.Next(pool, either.Token)) is { } batch)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                yield return (rows.Columns, batch[row].ToArray());
                if (--most == 0)
                {
                    yield break;
                }
            }

            pool.Return(batch);
        }

        if (talk.Warn is { } warn)
        {
            InTime(() =>
            {
                FurtherResults.Warn(task.NameOf(dataset), results, FurtherResults.AsRows, warn);
                return true;
            });
        }
    }
}
