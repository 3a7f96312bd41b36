using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace ReportScheduler.Http;

/// <summary>The open connections: never more than a process can hold, and always room for one more caller.</summary>
/// <remarks>
/// A connection beyond the limit takes the place of the one that has been without a request for longest, so that those who hold
/// connections open and say nothing keep nobody out, not even behind the same proxy. One whose caller has shown a right key
/// stays until it is answered.
/// </remarks>
internal sealed class HttpConnections
{
    public const int Most = 256;
    public const int MostOfOne = 192;

    private readonly object gate = new();
    private readonly LinkedList<Held> idleFirst = new();
    private readonly Dictionary<string, LinkedListNode<Held>> known = new(StringComparer.Ordinal);
    private readonly Dictionary<IPAddress, int> counts = [];

    /// <summary>Goes on with a connection for as long as there is room for it.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var remote = connection.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress ?? IPAddress.None;
        var held = new Held(connection, HttpCallers.Of(remote));
        if (!Enter(held))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Leave(held);
        }
    }

    /// <summary>A request came on the connection.</summary>
    public void Touch(string connectionId) => Change(connectionId, node =>
    {
        idleFirst.Remove(node);
        idleFirst.AddLast(node);
    });

    /// <summary>The caller has shown a right key and waits for its answer, or has it.</summary>
    public void SetAtWork(string connectionId, bool isAtWork) => Change(connectionId, node => node.Value.IsAtWork = isAtWork);

    private void Change(string connectionId, Action<LinkedListNode<Held>> change)
    {
        lock (gate)
        {
            if (known.TryGetValue(connectionId, out var node))
            {
                change(node);
            }
        }
    }

    private bool Enter(Held held)
    {
        Held? displaced = null;
        lock (gate)
        {
            if (counts.GetValueOrDefault(held.From) >= MostOfOne)
            {
                displaced = FirstIdle(held.From);
            }
            else if (known.Count >= Most)
            {
                displaced = FirstIdle(counts.MaxBy(entry => entry.Value).Key);
            }
            else
            {
                return Add(held);
            }

            if (displaced is not null)
            {
                Remove(displaced);
                Add(held);
            }
        }

        displaced?.Connection.Abort();
        return displaced is not null;
    }

    private Held? FirstIdle(IPAddress from) => idleFirst.FirstOrDefault(held => !held.IsAtWork && held.From.Equals(from));

    private bool Add(Held held)
    {
        known[held.Connection.ConnectionId] = idleFirst.AddLast(held);
        counts[held.From] = counts.GetValueOrDefault(held.From) + 1;
        return true;
    }

    private void Leave(Held held)
    {
        lock (gate)
        {
            Remove(held);
        }
    }

    private void Remove(Held held)
    {
        if (!known.Remove(held.Connection.ConnectionId, out var node))
        {
            return;
        }

        idleFirst.Remove(node);
        if (--counts[held.From] == 0)
        {
            counts.Remove(held.From);
        }
    }

    private sealed class Held(ConnectionContext connection, IPAddress from)
    {
        public ConnectionContext Connection { get; } = connection;

        public IPAddress From { get; } = from;

        public bool IsAtWork { get; set; }
    }
}
