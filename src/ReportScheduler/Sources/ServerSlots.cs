using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Files;

namespace ReportScheduler.Sources;

/// <summary>The places that a server has for the reports of a store, among threads and processes of this
/// computer: a file beside the folder of runs for each, locked while it is used.</summary>
/// <remarks>The operating system frees the place of a process that died. Several servers are waited
/// for in one order, so that two reports never wait for each other.</remarks>
internal sealed class ServerSlots : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<FileStream> held = [];

    private ServerSlots()
    {
    }

    /// <param name="prefix">What the names of the files begin with; their folder is made when it is missing.</param>
    /// <param name="servers">What is used, and how many may use it at once.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ServerSlots Take(string prefix, IEnumerable<(string Server, int Places)> servers, CancellationToken cancel)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(prefix))!);
        var slots = new ServerSlots();
        try
        {
            foreach (var (key, places) in servers.GroupBy(server => Key(server.Server), server => server.Places, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Min())).OrderBy(server => server.Key, StringComparer.Ordinal))
            {
                slots.held.Add(Wait(prefix, key, places, cancel));
            }

            return slots;
        }
        catch
        {
            slots.Dispose();
            throw;
        }
    }

    public void Dispose() => held.ForEach(place => place.Dispose());

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
