using System.Diagnostics;

namespace ReportScheduler.Store.Relational;

/// <summary>Definitions that were read a moment ago: the reports of a runner ask for the same ones again and again.</summary>
/// <remarks>
/// They belong to a number of the definitions, which every run asks for when it begins, and are kept for a moment after that: a run
/// sees them as they were when it began, or newer. Whoever asks for no number, such as a cmdlet, reads each time.
/// </remarks>
internal sealed class KnownDefinitions
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.25);

    private readonly object gate = new();
    private readonly Dictionary<string, object?> kept = new(StringComparer.Ordinal);
    private long number = -1;
    private long saidAt;
    private long changes;

    private bool IsFresh => number >= 0 && Stopwatch.GetElapsedTime(saidAt) < Moment;

    /// <summary>Takes note of the number that the database has now.</summary>
    public void Say(long now)
    {
        lock (gate)
        {
            if (now != number)
            {
                kept.Clear();
                (number, changes) = (now, changes + 1);
            }

            saidAt = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>What <paramref name="read"/> gives, or gave a moment ago. It is everybody's: it is not changed.</summary>
    public T Get<T>(string key, Func<T> read)
    {
        long before;
        lock (gate)
        {
            if (IsFresh && kept.TryGetValue(key, out var known))
            {
                return (T)known!;
            }

            before = changes;
        }

        var value = read();
        lock (gate)
        {
            if (IsFresh && changes == before)
            {
                kept[key] = value;
            }
        }

        return value;
    }

    /// <summary>This process has changed a definition.</summary>
    public void Forget()
    {
        lock (gate)
        {
            kept.Clear();
            (number, changes) = (-1, changes + 1);
        }
    }
}
