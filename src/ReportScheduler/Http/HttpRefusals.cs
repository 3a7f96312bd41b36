using System.Net;

namespace ReportScheduler.Http;

/// <summary>What the log says of calls that were refused: the first of an address and a
/// status at once, of the others how many, once a minute.</summary>
internal sealed class HttpRefusals : IDisposable
{
    /// <summary>Lines within a minute; what is refused beyond them is told in one.</summary>
    private const int MostLines = 20;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly object gate = new();
    private readonly Dictionary<(IPAddress From, int Status), int> more = [];
    private readonly SortedDictionary<int, long> totals = [];
    private readonly Action<string> log;
    private readonly ITimer timer;
    private int others;

    public HttpRefusals(TimeProvider clock, Action<string> log)
    {
        this.log = log;
        timer = clock.CreateTimer(_ => SumUp(), null, Minute, Minute);
    }

    /// <summary>Refused calls since the start, by status.</summary>
    public IReadOnlyList<(int Status, long Count)> Totals
    {
        get
        {
            lock (gate)
            {
                return [.. totals.Select(entry => (entry.Key, entry.Value))];
            }
        }
    }

    public void Note(IPAddress from, HttpProblem problem)
    {
        lock (gate)
        {
            totals[problem.Status] = totals.GetValueOrDefault(problem.Status) + 1;
            var which = (HttpCallers.Of(from), problem.Status);
            if (more.TryGetValue(which, out var count))
            {
                more[which] = count + 1;
                return;
            }

            if (more.Count >= MostLines)
            {
                others++;
                return;
            }

            more.Add(which, 0);
        }

        log($"HTTP {problem.Status} to {from}: {problem.Message}");
    }

    public void Dispose()
    {
        timer.Dispose();
        SumUp();
    }

    private void SumUp()
    {
        List<string> lines;
        lock (gate)
        {
            lines = [.. more.Where(entry => entry.Value > 0)
                .Select(entry => $"HTTP {entry.Key.Status} to {entry.Key.From}: {Calls(entry.Value)} more refused within a minute.")];
            if (others > 0)
            {
                lines.Add($"HTTP: {Calls(others)} of other addresses refused within a minute.");
            }

            more.Clear();
            others = 0;
        }

        lines.ForEach(log);
    }

    private static string Calls(int count) => count == 1 ? "1 call" : $"{count} calls";
}
