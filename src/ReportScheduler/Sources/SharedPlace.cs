using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>A place at a server among all machines of a store, held until it is given back or its process dies.</summary>
/// <remarks>One that was lost while the store could not be used is taken again as soon as there is one, so that no others begin
/// beside the report that goes on; one that could not be given back is given back later.</remarks>
internal sealed class SharedPlace : IDisposable
{
    /// <summary>What did not reach the store is tried again so soon.</summary>
    private static readonly TimeSpan Soon = RunnerLease.Beat / 10;

    private readonly object gate = new();
    private readonly ISharedPlaces places;
    private readonly TimeProvider clock;
    private readonly string server;
    private readonly int most;
    private readonly string holder;
    private readonly ITimer beat;
    private string place;

    // 0 while it is held
    private long givenBackAt;

    private SharedPlace(ISharedPlaces places, TimeProvider clock, string server, int most, string place, string holder)
    {
        (this.places, this.clock, this.server, this.most, this.place, this.holder) = (places, clock, server, most, place, holder);
        beat = clock.CreateTimer(_ => Tend(), null, RunnerLease.Beat, RunnerLease.Beat);
    }

    /// <returns>Null when none is free.</returns>
    public static SharedPlace? TryTake(ISharedPlaces places, TimeProvider clock, string server, int most)
    {
        var holder = Guid.NewGuid().ToString("N");
        return places.TryTake(server, most, holder) is { } free ? new SharedPlace(places, clock, server, most, free, holder) : null;
    }

    public void Dispose()
    {
        Interlocked.CompareExchange(ref givenBackAt, clock.GetTimestamp(), 0);
        // whoever is done goes on, whatever the store says
        using var patience = StorePatience.None();
        Tend();
    }

    private void Tend()
    {
        // the last one that asks the store is at it still
        if (!Monitor.TryEnter(gate))
        {
            return;
        }

        try
        {
            if (Interlocked.Read(ref givenBackAt) == 0)
            {
                Keep();
            }
            else
            {
                places.Free(place, holder);
                beat.Dispose();
            }
        }
#pragma warning disable CA1031 // On a timer's thread it would end the process, and with it all other reports.
        catch (Exception)
        {
            TryLater();
        }
#pragma warning restore CA1031
        finally
        {
            Monitor.Exit(gate);
        }
    }

    private void Keep()
    {
        var isMine = places.Keep(place, holder);
        if (!isMine && places.TryTake(server, most, holder) is { } other)
        {
            (place, isMine) = (other, true);
        }

        if (isMine && Interlocked.Read(ref givenBackAt) == 0)
        {
            beat.Change(RunnerLease.Beat, RunnerLease.Beat);
        }
        else
        {
            TryLater();
        }
    }

    private void TryLater()
    {
        // at the end of its lease one that was given back is free by itself
        if (Interlocked.Read(ref givenBackAt) is var at and not 0 && clock.GetElapsedTime(at) > RunnerLease.Length)
        {
            beat.Dispose();
        }
        else
        {
            beat.Change(Soon, Soon);
        }
    }
}
