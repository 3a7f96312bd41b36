using ReportScheduler.Rows;

namespace ReportScheduler.Runs;

/// <summary>How a runner runs.</summary>
internal sealed record RunnerOptions
{
    /// <summary>How many reports run at once.</summary>
    public int MaxConcurrent { get; init; } = Environment.ProcessorCount;

    /// <summary>How long running reports may go on after a stop; then they are cancelled.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long cancelled reports may take to stop; the runner then ends without them.</summary>
    public TimeSpan CancelTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it is a person at the prompt who stops it: what is cancelled
    /// then is over. Otherwise the next runner takes it up.</summary>
    public Func<bool> IsStoppedByPerson { get; init; } = () => true;

    /// <summary>Kinds of sources beside the databases of the store.</summary>
    public IReadOnlyList<IRowSources> Sources { get; init; } = [];

    /// <summary>Labels of this runner: it takes the tasks that are to run on one of them too.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Ends when nothing is due and nothing runs.</summary>
    public bool UntilIdle { get; init; }

    /// <summary>Ends after this time; null for never.</summary>
    public TimeSpan? For { get; init; }
}
