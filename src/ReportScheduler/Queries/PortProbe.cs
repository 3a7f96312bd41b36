using System.Net.Sockets;

namespace ReportScheduler.Queries;

/// <summary>Finds out quickly whether anybody listens. SqlClient would spend its whole connect timeout on a refused port.</summary>
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
            using var client = new TcpClient();
            client.ConnectAsync(host, port, either.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain)
        {
            throw ReportError.HostUnknown(host, problem);
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.TimedOut)
        {
            throw ReportError.ConnectionTimedOut(endpoint, timeout);
        }
        catch (SocketException problem)
        {
            throw ReportError.ConnectionRefused(endpoint, problem);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw ReportError.ConnectionTimedOut(endpoint, timeout);
        }
    }
}
