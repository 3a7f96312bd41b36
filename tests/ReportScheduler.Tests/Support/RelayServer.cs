using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ReportScheduler.Tests.Support;

/// <summary>Stands between a client and a real server, and can hold back what the server sends.</summary>
internal sealed class RelayServer : IDisposable
{
    private readonly TcpListener listener;
    private readonly ConcurrentBag<TcpClient> clients = [];
    private readonly CancellationTokenSource end = new();
    private readonly int port;
    private volatile bool isClosed;
    private int leftToTurnAway;
    private long passed;

    /// <param name="port">Where the real server listens on this computer.</param>
    /// <param name="at">Where the relay listens; null for a free port of 127.0.0.1.</param>
    public RelayServer(int port, IPEndPoint? at = null)
    {
        this.port = port;
        listener = new TcpListener(at ?? new IPEndPoint(IPAddress.Loopback, 0));
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many connections were made to it.</summary>
    public int Connections => clients.Count / 2;

    /// <summary>How many bytes of the server's pass before it is stalled; then <see cref="Dripping"/> decides.</summary>
    public long StallAfter { get; set; } = long.MaxValue;

    /// <summary>A stalled server sends a byte now and then, and not nothing at all.</summary>
    public bool Dripping { get; set; }

    /// <summary>How many bytes of the server's pass before the connection is cut off, once for all connections.</summary>
    public long CutAfter { get; set; } = long.MaxValue;

    /// <summary>With the connection that is cut off everybody else is, too, as with <see cref="Close"/>.</summary>
    public bool ClosesAtCut { get; set; }

    /// <summary>How many bytes of the server's have passed.</summary>
    public long Passed => Interlocked.Read(ref passed);

    /// <summary>Cuts off everybody, and whoever comes until <see cref="Open"/>.</summary>
    /// <param name="turnedAway">After so many were turned away it is open again by itself.</param>
    public void Close(int turnedAway = int.MaxValue)
    {
        (leftToTurnAway, isClosed) = (turnedAway, true);
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    public void Open() => isClosed = false;

    /// <summary>Also cuts off everybody; a second call does nothing.</summary>
    public void Dispose()
    {
        if (end.IsCancellationRequested)
        {
            return;
        }

        end.Cancel();
        listener.Dispose();
        foreach (var client in clients)
        {
            client.Dispose();
        }

        end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(end.Token);
                var server = new TcpClient { NoDelay = true };
                client.NoDelay = true;
                clients.Add(client);
                clients.Add(server);
                if (isClosed)
                {
                    client.Dispose();
                    isClosed = --leftToTurnAway > 0;
                    continue;
                }

                await server.ConnectAsync(IPAddress.Loopback, port, end.Token);
                _ = Pump(client, server, null);
                _ = Pump(server, client, [0]);
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // disposed
        }
    }

    private async Task Pump(TcpClient from, TcpClient to, long[]? sent)
    {
        try
        {
            var buffer = new byte[4096];
            while (await from.GetStream().ReadAsync(buffer, end.Token) is > 0 and var length)
            {
                if (sent is not null && (sent[0] += length) > CutAfter)
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, (int)(CutAfter - (sent[0] - length))), end.Token);
                    CutAfter = long.MaxValue;
                    if (ClosesAtCut)
                    {
                        Close();
                    }

                    break;
                }

                Interlocked.Add(ref passed, sent is null ? 0 : length);

                var drip = sent is not null && sent[0] > StallAfter;
                for (var place = 0; drip && place < length; place++)
                {
                    await Task.Delay(Dripping ? TimeSpan.FromMilliseconds(200) : Timeout.InfiniteTimeSpan, end.Token);
                    await to.GetStream().WriteAsync(buffer.AsMemory(place, 1), end.Token);
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, drip ? 0 : length), end.Token);
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or OperationCanceledException
            or InvalidOperationException)
        {
            // one side hung up
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
