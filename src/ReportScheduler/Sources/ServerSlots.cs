using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>The places that a report has at its servers, among threads and processes of this computer (a file beside the
/// folder of runs for each, locked while it is used), or among all machines of a store that they share.</summary>
/// <remarks>The operating system frees the place of a process that died. Several servers are waited
/// for in one order, so that two reports never wait for each other.</remarks>
internal sealed class ServerSlots : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly List<IDisposable> held = [];

    private ServerSlots(IReadOnlyList<SourcePlaces> servers) => Servers = servers;

    /// <summary>Where the places are.</summary>
    public IReadOnlyList<SourcePlaces> Servers { get; }

    /// <summary>Waits for a place at each server.</summary>
    /// <param name="store">Whose reports share the places.</param>
    /// <param name="servers">What is used, and how many may use it at once.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ServerSlots Take(IReportStore store, IEnumerable<SourcePlaces> servers, CancellationToken cancel)
    {
        var slots = new ServerSlots(Ordered(servers));
        try
        {
            foreach (var server in slots.Servers)
            {
                cancel.ThrowIfCancellationRequested();
                while (!slots.Add(store, server))
                {
                    // those that wait do not ask in step
                    cancel.WaitHandle.WaitOne(Pause * (0.5 + Random.Shared.NextDouble()));
                    cancel.ThrowIfCancellationRequested();
                }
            }

            return slots;
        }
        catch
        {
            slots.Dispose();
            throw;
        }
    }

    /// <summary>Takes a place at each server where all have one free.</summary>
    /// <param name="store">Whose reports share the places.</param>
    /// <param name="servers">What is used, as <see cref="Ordered"/> gives it.</param>
    /// <param name="full">The server that has none; null where all have.</param>
    public static ServerSlots? TryTake(IReportStore store, IReadOnlyList<SourcePlaces> servers, out SourcePlaces? full)
    {
        full = null;
        var slots = new ServerSlots(servers);
        try
        {
            full = servers.FirstOrDefault(server => !slots.Add(store, server));
        }
        catch
        {
            slots.Dispose();
            throw;
        }

        if (full is null)
        {
            return slots;
        }

        slots.Dispose();
        return null;
    }

    /// <summary>Whether a server has a free place, which may be another one's a moment later.</summary>
    public static bool HasFree(IReportStore store, SourcePlaces server)
    {
        if (store.Places is { } shared)
        {
            return shared.HasFree(Key(server), server.Most);
        }

        using var free = Find(store.Files.Folder, server);
        return free is not null;
    }

    /// <summary>Servers in the one order in which they are waited for, each once.</summary>
    public static IReadOnlyList<SourcePlaces> Ordered(IEnumerable<SourcePlaces> servers) =>
        [.. servers.GroupBy(server => server.Source.ToUpperInvariant(), server => server.Most, StringComparer.Ordinal)
            .Select(group => new SourcePlaces(group.Key, group.Min())).OrderBy(server => server.Source, StringComparer.Ordinal)];

    public void Dispose() => held.ForEach(place => place.Dispose());

    private bool Add(IReportStore store, SourcePlaces server)
    {
        IDisposable? place = store.Places is { } shared
            ? SharedPlace.TryTake(shared, store.Clock, Key(server), server.Most)
            : Find(store.Files.Folder, server);
        if (place is not null)
        {
            held.Add(place);
        }

        return place is not null;
    }

    private static FileStream? Find(string prefix, SourcePlaces server)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(prefix))!);
        return Enumerable.Range(1, server.Most).Select(place => LockFile.TryOpen($"{prefix}.{Key(server)}-{place}"))
            .FirstOrDefault(free => free is not null);
    }

    private static string Key(SourcePlaces server) =>
        "slot-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(server.Source)))[..16];
}
