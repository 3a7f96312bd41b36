using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>A place at a server among all machines of a store, held until it is given back or its process dies.</summary>
internal sealed class SharedPlace : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly ISharedPlaces places;
    private readonly string place;
    private readonly string holder;
    private readonly Timer beat;

    private SharedPlace(ISharedPlaces places, string place, string holder)
    {
        (this.places, this.place, this.holder) = (places, place, holder);
        beat = new Timer(_ => Keep(), null, RunnerLease.Beat, RunnerLease.Beat);
    }

    /// <summary>Waits for a place.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SharedPlace Wait(ISharedPlaces places, string server, int most, CancellationToken cancel)
    {
        var holder = Guid.NewGuid().ToString("N");
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (places.TryTake(server, most, holder) is { } free)
            {
                return new SharedPlace(places, free, holder);
            }

            // those that wait do not ask in step
            cancel.WaitHandle.WaitOne(Pause * (0.5 + Random.Shared.NextDouble()));
        }
    }

    public void Dispose()
    {
        beat.Dispose();
        try
        {
            places.Free(place, holder);
        }
        catch (ReportException)
        {
            // it is free at the end of its lease
        }
    }

    private void Keep()
    {
        try
        {
            places.Keep(place, holder);
        }
#pragma warning disable CA1031 // On a timer's thread it would end the process, and with it all other reports.
        catch (Exception)
        {
            // it is held for some more beats
        }
#pragma warning restore CA1031
    }
}
