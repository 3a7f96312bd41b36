using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ReportScheduler.Tests.Support;

/// <summary>A port on loopback whose connections are served side by side until it is
/// disposed. What a client breaks off is no failure.</summary>
internal sealed class LoopbackListener : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<Stream, CancellationToken, Task> serve;
    private readonly X509Certificate2? certificate;

    /// <param name="serve">Serves one connection.</param>
    /// <param name="certificate">Speaks TLS with it from the start; plain text when null.</param>
    public LoopbackListener(Func<Stream, CancellationToken, Task> serve, X509Certificate2? certificate = null)
    {
        (this.serve, this.certificate) = (serve, certificate);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Accept();
    }

    public int Port { get; }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Serve(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (certificate is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(certificate);
                    stream = tls;
                }

                await serve(stream, stop.Token);
            }
            catch (Exception problem) when (problem is IOException or OperationCanceledException or ObjectDisposedException
                or AuthenticationException)
            {
            }
        }
    }
}
