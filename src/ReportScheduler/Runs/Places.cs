namespace ReportScheduler.Runs;

/// <summary>The places that a run has at its sources, taken one after the other and given back together.</summary>
internal sealed class Places : IDisposable
{
    private readonly List<IDisposable> held = [];

    /// <param name="taken">Each is taken when its turn comes; what was taken is given back when a later one fails.</param>
    public Places(IEnumerable<IDisposable?> taken)
    {
        try
        {
            foreach (var place in taken)
            {
                if (place is not null)
                {
                    held.Add(place);
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose() => held.ForEach(place => place.Dispose());
}
