using System.Diagnostics;
using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The places that the runs of a worker have at their sources.</summary>
/// <remarks>A run that waits for a runner is to have its places before it gets a thread: one that waited for them would keep it from
/// others. Sources that were found full are asked again after a moment, and not for each run.</remarks>
internal sealed class RunPlaces(IReportStore store, IReadOnlyList<IRowSources> kinds)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly object gate = new();
    private readonly Dictionary<string, ServerSlots> held = new(StringComparer.Ordinal);
    private readonly Dictionary<SourcePlaces, long> full = [];
    private Dictionary<string, IReadOnlyList<SourcePlaces>> wanted = [];

    /// <summary>Whether sources were full when they were last asked.</summary>
    public bool AreSomeFull
    {
        get
        {
            lock (gate)
            {
                return full.Count > 0;
            }
        }
    }

    /// <summary>Takes note of what the tasks of the store want. In most stores no connection has a limit, and none of them is looked
    /// at.</summary>
    public void Learn(IEnumerable<ReportTask> tasks)
    {
        var isLimited = store.Connections.All().Any(connection => connection.MaxConcurrent > 0);
        lock (gate)
        {
            full.Clear();
        }

        wanted = !isLimited ? [] : tasks.Select(task => (task.Id, Places: OfReadable(task))).Where(task => task.Places.Count > 0)
            .ToDictionary(task => task.Id, task => task.Places, StringComparer.Ordinal);
    }

    /// <summary>The ids of the tasks whose runs would find no place now.</summary>
    public IReadOnlyList<string> TasksWithout()
    {
        List<SourcePlaces> asked;
        lock (gate)
        {
            asked = [.. full.Where(source => Stopwatch.GetElapsedTime(source.Value) >= Moment).Select(source => source.Key)];
        }

        foreach (var source in asked)
        {
            Note(source, isFull: !ServerSlots.HasFree(store, source));
        }

        lock (gate)
        {
            return full.Count == 0 ? [] : [.. wanted.Where(task => task.Value.Any(full.ContainsKey)).Select(task => task.Key)];
        }
    }

    /// <summary>Takes the places of a run that was taken and not begun.</summary>
    /// <returns>False when it has to wait for one.</returns>
    public bool TryTake(ReportRun run)
    {
        if (run.IsFinal || run.IsRecordOnly || !wanted.TryGetValue(run.TaskId, out var places))
        {
            return true;
        }

        try
        {
            if (ServerSlots.TryTake(store, places, out var without) is not { } slots)
            {
                Note(without!, isFull: true);
                return false;
            }

            lock (gate)
            {
                held[run.Id] = slots;
            }

            return true;
        }
        catch (ReportException away) when (away.IsTransient)
        {
            Note(places[0], isFull: true);
            return false;
        }
        catch (Exception problem) when (problem is ReportException or IOException or UnauthorizedAccessException)
        {
            // it is the failure of the run, which meets it again
            return true;
        }
    }

    /// <summary>The places of a run that begins: those that it has, or else it waits for them.</summary>
    /// <param name="task">Its task, as it is now.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>What is held until it is disposed.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IDisposable Enter(ReportTask task, string runId, CancellationToken cancel)
    {
        var places = Of(task);
        if (TakeOut(runId) is not { } slots)
        {
            slots = ServerSlots.Take(store, places, cancel);
        }
        else if (!slots.Servers.SequenceEqual(places))
        {
            // its task was changed after it was taken
            slots.Dispose();
            slots = ServerSlots.Take(store, places, cancel);
        }

        return new Entered(this, slots);
    }

    /// <summary>Gives back what a run has that did not come so far as to enter.</summary>
    public void Leave(string runId)
    {
        if (TakeOut(runId) is { } slots)
        {
            Leave(slots);
        }
    }

    private void Leave(ServerSlots slots)
    {
        slots.Dispose();
        foreach (var server in slots.Servers)
        {
            Note(server, isFull: false);
        }
    }

    private ServerSlots? TakeOut(string runId)
    {
        lock (gate)
        {
            return held.Remove(runId, out var slots) ? slots : null;
        }
    }

    private void Note(SourcePlaces source, bool isFull)
    {
        lock (gate)
        {
            if (isFull)
            {
                full[source] = Stopwatch.GetTimestamp();
            }
            else
            {
                full.Remove(source);
            }
        }
    }

    private IReadOnlyList<SourcePlaces> Of(ReportTask task) => ServerSlots.Ordered(kinds.SelectMany(kind => kind.PlacesOf(task)));

    // a run of one whose connection cannot be read says so itself
    private IReadOnlyList<SourcePlaces> OfReadable(ReportTask task)
    {
        try
        {
            return Of(task);
        }
        catch (ReportException)
        {
            return [];
        }
    }

    private sealed class Entered(RunPlaces places, ServerSlots slots) : IDisposable
    {
        public void Dispose() => places.Leave(slots);
    }
}
