namespace ReportScheduler.Runs;

/// <summary>What a run wants to say besides its outcome: each thing once, and not
/// without end. Writers add from their own threads.</summary>
internal sealed class RunWarnings : IEnumerable<string>
{
    private const int Most = 50;
    private readonly List<string> warnings = [];

    public void Add(string warning)
    {
        lock (warnings)
        {
            if (warnings.Count < Most && !warnings.Contains(warning))
            {
                warnings.Add(warning);
            }
        }
    }

    public IEnumerator<string> GetEnumerator()
    {
        lock (warnings)
        {
            return warnings.ToList().GetEnumerator();
        }
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
