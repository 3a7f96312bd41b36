using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Files;
using ReportScheduler.Store;

namespace ReportScheduler.Sources;

/// <summary>The places that a server has for the reports of a store, among threads and processes of this computer (a file beside the
/// folder of runs for each, locked while it is used), or among all machines of a store that they share.</summary>
/// <remarks>The operating system frees the place of a process that died. Several servers are waited
/// for in one order, so that two reports never wait for each other.</remarks>
internal sealed class ServerSlots : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<IDisposable> held = [];

    private ServerSlots()
    {
    }

    /// <param name="store">Whose reports share the places.</param>
    /// <param name="servers">What is used, and how many may use it at once.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ServerSlots Take(IReportStore store, IEnumerable<(string Server, int Places)> servers, CancellationToken cancel) =>
        store.Places is { } shared
            ? Take(servers, (key, places) => SharedPlace.Wait(shared, key, places, cancel))
            : Take(store.Files.Folder, servers, cancel);

    /// <param name="prefix">What the names of the files begin with; their folder is made when it is missing.</param>
    /// <param name="servers">What is used, and how many may use it at once.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ServerSlots Take(string prefix, IEnumerable<(string Server, int Places)> servers, CancellationToken cancel)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(prefix))!);
        return Take(servers, (key, places) => Wait(prefix, key, places, cancel));
    }

    public void Dispose() => held.ForEach(place => place.Dispose());

    private static ServerSlots Take(IEnumerable<(string Server, int Places)> servers, Func<string, int, IDisposable> wait)
    {
        var slots = new ServerSlots();
        try
        {
            foreach (var (key, places) in servers.GroupBy(server => Key(server.Server), server => server.Places, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Min())).OrderBy(server => server.Key, StringComparer.Ordinal))
            {
                slots.held.Add(wait(key, places));
            }

            return slots;
        }
        catch
        {
            slots.Dispose();
            throw;
        }
    }

    private static FileStream Wait(string prefix, string key, int places, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            for (var place = 1; place <= places; place++)
            {
                if (LockFile.TryOpen($"{prefix}.{key}-{place}") is { } free)
                {
                    return free;
                }
            }

            // those that wait do not ask in step
            cancel.WaitHandle.WaitOne(Pause * (0.5 + Random.Shared.NextDouble()));
        }
    }

    private static string Key(string server) =>
        "slot-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(server.ToUpperInvariant())))[..16];
}
