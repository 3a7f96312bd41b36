using System.Net.Sockets;
using System.Text;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Callers of the HTTP trigger that mean no good, all at once; they go on until this is disposed of.</summary>
internal sealed class HttpAttack : IDisposable
{
    private const int Seed = 20261128;

    private readonly List<TcpClient> held = [];
    private readonly int port;

    public HttpAttack(int port) => this.port = port;

    /// <param name="kind">idle, half a header, slow body, slow body with a signature, garbage, or flood.</param>
    /// <param name="count">How many connections.</param>
    public async Task BeginAsync(string kind, int count)
    {
        var random = new Random(Seed);
        for (var number = 0; number < count; number++)
        {
            var client = new TcpClient();
            held.Add(client);
            try
            {
                await client.ConnectAsync("127.0.0.1", port);
                await client.GetStream().WriteAsync(Bytes(kind, random));
            }
            catch (Exception refused) when (refused is IOException or SocketException)
            {
                // what a server does with attackers is its own business
            }
        }
    }

    public void Dispose() => held.ForEach(client => client.Dispose());

    private static byte[] Bytes(string kind, Random random)
    {
        switch (kind)
        {
            case "idle":
                return [];
            case "half a header":
                return "POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bea"u8.ToArray();
            case "slow body":
                return "POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray();
            case "slow body with a signature":
                var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
                return Encoding.ASCII.GetBytes(
                    $"POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Report-Key: -ApiKey\r\nX-Report-Timestamp: {now}\r\nX-Report-Signature: "
                        + $"00\r\nContent-Length: 1000\r\n\r\n{{");
            case "flood":
                return [.. "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8,
                    .. "POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer guess\r\nContent-Length: 0\r\n\r\n"u8];
            default:
                var garbage = new byte[random.Next(1, 4000)];
                random.NextBytes(garbage);
                return garbage;
        }
    }
}
