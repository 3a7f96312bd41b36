using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;
using ReportScheduler.Sources;
using ReportScheduler.Splits;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Lists the parts that a split report would have now. It queries, and makes, sends and records nothing.</summary>
/// <param name="store">The store.</param>
/// <param name="sources">Kinds of sources beside the databases of the store; null for none.</param>
internal sealed class SplitPreview(IReportStore store, IReadOnlyList<IRowSources>? sources = null)
{
    /// <exception cref="ReportException">What the run would fail with as well.</exception>
    public IReadOnlyList<ReportPart> Parts(ReportTask task, DateTimeOffset dueAt, RunOptions options, Action<string> warn,
        CancellationToken cancel)
    {
        var zone = Zones.Find(task.TimeZone);
        var run = new ReportRun { TaskId = task.Id, TaskName = task.Name, TimeZone = task.TimeZone, DueAt = dueAt,
            Parameters = options.Parameters };
        var parameters = ReportParameters.Resolve(ReportParameters.Merge(task.Parameters, options.Parameters), dueAt, zone);
        using var opened = new TaskSources(task, [.. sources ?? [], new GatherSources(store), new DatabaseSources(store)],
            (kind, dataset) => kind.Open(task, dataset, task.Retry, SourceTalk.None, cancel));
        var request = new SplitRequest(SplitReaders.Read(task, opened.Of, parameters, zone, warn, cancel), options.Keys, options.IsWanted)
        {
            Unmet = options.UnmetKeys,
            IsTrial = options.IsTrial,
            RedirectTo = options.RedirectTo,
        };
        var keys = new RowKeys(spool: null, task.MaxSplits, request.IsKept);
        var rows = 0L;
        foreach (var dataset in task.Datasets)
        {
            using var results = opened.Of(dataset).Query(new RowQuery(dataset.Script ?? dataset.Query, parameters, task.Timeout), cancel);
            do
            {
                rows += Count(task, task.NameOf(dataset), results.Rows(zone), keys, cancel);
            }
            while (task.AllResults && results.Next());
        }

        var parts = new SplitPlan(task, request, new PartTemplates(run, zone), warn)
            .Parts(keys, Gone(task, run, zone, keys, options, warn));
        PlannedPart[] whole = task.Also.Length > 0 && options.Keys.Count == 0 ? [SplitPlan.Whole(task, rows, [])] : [];
        return [.. parts.Concat(whole).SelectMany(part => part.Orders.Select(order => Show(task, dueAt, part.Part, order, options)))];
    }

    /// <summary>The parts that had rows the last time and have none now: their readers are told.</summary>
    private IReadOnlyList<RowKey> Gone(ReportTask task, ReportRun run, TimeZoneInfo zone, RowKeys keys, RunOptions options,
        Action<string> warn)
    {
        if (task.KeyColumn.Length == 0)
        {
            return [];
        }

        // for its owner only; the folder of the store stays as it is
        run.Folder = Directory.CreateTempSubdirectory("report-preview").FullName;
        try
        {
            using var comparison = new RunComparison(store).BeginParts(task, run, zone, warn);
            return comparison?.Gone(keys, options.IsWanted) ?? [];
        }
        finally
        {
            Directory.Delete(run.Folder, recursive: true);
        }
    }

    private static long Count(ReportTask task, string dataset, IRowReader rows, RowKeys keys, CancellationToken cancel)
    {
        using var pool = new BatchPool(rows.Columns.Count);
        rows.LookAhead(pool, cancel);
        keys.Begin(dataset, rows.Columns, SplitColumn.Of(task, dataset, rows.Columns));
        var count = 0L;
        while (!keys.IsEndless && rows.Next(pool, cancel) is { } batch)
        {
            keys.Take(batch);
            count += batch.Count;
            pool.Return(batch);
        }

        return count;
    }

    private static ReportPart Show(ReportTask task, DateTimeOffset dueAt, SplitPart part, ReportTask order, RunOptions options) => new()
    {
        TaskName = task.Name,
        DueAt = Zones.Show(dueAt, task.TimeZone),
        Key = part.Key,
        Rows = part.Rows,
        To = options.NoDelivery || !order.HasRecipients ? [] : options.RedirectTo is { } address ? [address] : order.To,
        Cc = options.NoDelivery || options.RedirectTo is not null ? [] : order.Cc,
        Bcc = options.NoDelivery || options.RedirectTo is not null ? [] : order.Bcc,
        Destination = options.NoDelivery || options.RedirectTo is not null ? null : order.Destination,
    };
}
