using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The runs that one worker has in its hands.</summary>
/// <remarks>
/// A run that carries the worker's name and is not here was let go by a problem, such as a disk that was full when it
/// was to be recorded: it is taken up again like one whose process died. Asking the store and holding what it gave is
/// one step, so that another thread of the worker never takes a run for let go that was only just given.
/// </remarks>
internal sealed class HeldRuns
{
    private readonly object gate = new();
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <summary>The worker's name in the store.</summary>
    public string Owner { get; } = RunOwner.Create();

    /// <summary>Holds what the store gives.</summary>
    public IReadOnlyList<T> Take<T>(Func<IReadOnlyList<T>> ask, Func<T, string> runId)
    {
        lock (gate)
        {
            var given = ask();
            ids.UnionWith(given.Select(runId));
            return given;
        }
    }

    public void Hold(string runId)
    {
        lock (gate)
        {
            ids.Add(runId);
        }
    }

    public void Release(string runId)
    {
        lock (gate)
        {
            ids.Remove(runId);
        }
    }

    /// <summary>Holds what the store gives of the runs that are not in these hands.</summary>
    public IReadOnlyList<ReportRun> TakeOver(Func<IReadOnlyCollection<string>, IReadOnlyList<ReportRun>> ask) =>
        Take(() => ask([.. ids]), run => run.Id);
}
