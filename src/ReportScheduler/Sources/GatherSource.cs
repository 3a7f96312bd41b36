using ReportScheduler.Rows;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Sources;

/// <summary>Runs a query on many servers at once. The rows of each wait in a file until
/// all have answered, so that memory does not grow with them.</summary>
/// <param name="store">The store of the connections.</param>
/// <param name="task">The task.</param>
/// <param name="dataset">Its dataset.</param>
/// <param name="targets">The servers, in the order of their rows.</param>
/// <param name="retry">How often to connect again after a transient failure.</param>
/// <param name="talk">Hears what the servers say beside the rows.</param>
internal sealed class GatherSource(
    IReportStore store, ReportTask task, ReportDataset dataset, IReadOnlyList<GatherTarget> targets, int retry, SourceTalk talk)
        : IRowSource
{
    public string Place =>
        $"'{string.Join(", ", task.ConnectionsOf(dataset))}' ({targets.Count} {(targets.Count == 1 ? "server" : "servers")})";

    public IRowResults Query(RowQuery query, CancellationToken cancel)
    {
        var parts = new GatheredPart?[targets.Count];
        try
        {
            var gaps = Each((target, token) => Read(target, query, token), (i, part) => parts[i] = part,
                task.OnServerError == ServerErrorPolicy.Fail, cancel);
            return gaps.Count == targets.Count
                ? throw SourceErrors.NoServerGaveRows(task.NameOf(dataset), gaps)
                : new GatheredResults([.. parts.OfType<GatheredPart>()], gaps, talk.Warn);
        }
        catch
        {
            foreach (var part in parts)
            {
                part?.Dispose();
            }

            throw;
        }
    }

    public RowDescription Describe(RowQuery query, TimeZoneInfo zone, CancellationToken cancel)
    {
        var found = new RowDescription?[targets.Count];
        var gaps = Each((target, token) => Describe(target, query, zone, token), (i, description) => found[i] = description,
            failFast: false, cancel);
        if (gaps.Count > 0)
        {
            throw SourceErrors.ServersNotUsable(task.NameOf(dataset), targets.Count, gaps);
        }

        return found.FirstOrDefault(each => each?.Columns is not null) is { Columns: { } columns } known
            ? known with { Columns = GatheredColumns.WithConnection(columns) }
            : found[0]!;
    }

    public void Dispose()
    {
    }

    /// <summary>Does something with each server, so many at once as the task says.</summary>
    /// <returns>The servers with which it went wrong, in their order.</returns>
    private IReadOnlyList<SourceGap> Each<T>(Func<GatherTarget, CancellationToken, T> act, Action<int, T> keep, bool failFast,
        CancellationToken cancel)
    {
        var problems = new ReportException?[targets.Count];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Exception? unexpected = null;
        var next = -1;
        void Work()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < targets.Count && !stop.IsCancellationRequested;)
            {
                try
                {
                    keep(i, act(targets[i], stop.Token));
                }
                catch (ReportException problem)
                {
                    problems[i] = problem;
                    if (failFast)
                    {
                        stop.Cancel();
                    }
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return;
                }
#pragma warning disable CA1031 // It is thrown again on the thread of the run.
                catch (Exception problem)
                {
                    unexpected = problem;
                    stop.Cancel();
                }
#pragma warning restore CA1031
            }
        }

        // servers are waited for, and the pool has few threads
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(task.MaxServers, targets.Count))
            .Select(_ => new Thread(Work) { IsBackground = true, Name = $"Gather {task.Name}" })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        cancel.ThrowIfCancellationRequested();
        if (unexpected is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(unexpected);
        }

        var gaps = targets.Zip(problems).Where(pair => pair.Second is not null).ToList();
        return failFast && gaps.Count > 0
            ? throw gaps[0].Second!.About($"'{gaps[0].First.Name}' gave no rows")
            : [.. gaps.Select(gap => new SourceGap(gap.First.Name, gap.Second!.Message))];
    }

    private GatheredPart Read(GatherTarget target, RowQuery query, CancellationToken cancel) => InTime(target, query, (database, token) =>
    {
        using var results = database.Query(query, token);
        var part = GatheredPart.Read(
            target.Name, results.Rows(Zones.Find(task.TimeZone), column => dataset.Column(column.Name)?.Format),
            Path.Combine(store.Files.Folder, $"spool-{Guid.NewGuid():n}"), token);
        while (results.Next())
        {
            talk.Warn?.Invoke($"The query '{task.NameOf(dataset)}' gave several results, and the first of each server is in the report.");
        }

        return part;
    }, cancel);

    private RowDescription Describe(GatherTarget target, RowQuery query, TimeZoneInfo zone, CancellationToken cancel) =>
        InTime(target, query, (database, token) => database.Describe(query, zone, token), cancel);

    /// <summary>Uses a server for as long as the task allows. The time begins when the server has room for one more report.</summary>
    private T InTime<T>(GatherTarget target, RowQuery query, Func<ReportDatabase, CancellationToken, T> use, CancellationToken cancel)
    {
        using var place = Reserve(target, cancel);
        using var timeUp = new CancellationTokenSource(query.Timeout, store.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeUp.Token);
        try
        {
            using var database = ReportDatabase.Open(
                target.Connection, store.Secrets, retry, query.Timeout, either.Token, task,
                text => talk.Tell?.Invoke($"{target.Name}: {text}"), target.Server);
            return use(database, either.Token);
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw SourceErrors.ServerTimedOut(target.Name, query.Timeout);
        }
    }

    private ServerSlots? Reserve(GatherTarget target, CancellationToken cancel) =>
        DatabaseSources.PlacesAt(target.Connection, target.Server) is { } places ? ServerSlots.Take(store, [places], cancel) : null;
}
