using System.Net;
using System.Net.Sockets;

namespace ReportScheduler.Sources.Providers;

/// <summary>Finds out quickly whether anybody listens. SqlClient would spend its whole connect timeout on a refused port.</summary>
/// <remarks>All addresses of a name are tried at once: that one of them is silent says nothing about the others.</remarks>
internal static class PortProbe
{
    /// <exception cref="ReportException">The host is unknown, refuses or is silent.</exception>
    public static void Check(string host, int port, TimeSpan timeout, CancellationToken cancel)
    {
        var endpoint = $"{host}:{port}";
        using var timeUp = new CancellationTokenSource(timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeUp.Token);
        try
        {
            AnyAsync(host, port, either.Token).GetAwaiter().GetResult();
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData
            or SocketError.TryAgain)
        {
            throw ProviderErrors.HostUnknown(host, problem);
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.TimedOut)
        {
            throw ProviderErrors.ConnectionTimedOut(endpoint, timeout);
        }
        catch (SocketException problem)
        {
            throw ProviderErrors.ConnectionRefused(endpoint, problem);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw ProviderErrors.ConnectionTimedOut(endpoint, timeout);
        }
    }

    /// <summary>Ends with the first address that takes the connection, or with the last one's refusal.</summary>
    internal static async Task AnyAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancel)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var tries = addresses.Select(address => ConnectAsync(address, port, enough.Token)).ToList();
        while (await Task.WhenAny(tries).ConfigureAwait(false) is var ended)
        {
            if (ended.IsCompletedSuccessfully || tries.Count == 1)
            {
                await enough.CancelAsync().ConfigureAwait(false);
                await ended.ConfigureAwait(false);
                return;
            }

            _ = ended.Exception;
            tries.Remove(ended);
        }
    }

    private static async Task AnyAsync(string host, int port, CancellationToken cancel)
    {
        // not every resolver looks at the token
        var addresses = await Dns.GetHostAddressesAsync(host, cancel).WaitAsync(cancel).ConfigureAwait(false);
        await AnyAsync(addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound), port, cancel)
            .ConfigureAwait(false);
    }

    private static async Task ConnectAsync(IPAddress address, int port, CancellationToken cancel)
    {
        using var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new IPEndPoint(address, port), cancel).ConfigureAwait(false);
    }
}
