using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Tests.Http;
using ReportScheduler.Tests.Store;

namespace ReportScheduler.Tests.Attacks;

/// <summary>A body that does not arrive in its time gets 408, and nothing is carried out.</summary>
public sealed class SlowBodyTests : StoreFolderFixture
{
    private const string SignedKey = "0123456789abcdef-signed";

    [Theory]
    // nothing of it, a part of it, all but a byte; with a length and in chunks
    [InlineData("key", "Content-Length: 100", "", 408)]
    [InlineData("key", "Content-Length: 2", "{", 408)]
    [InlineData("key", "Content-Length: 60000", "{\"parameters\": {\"region\": \"", 408)]
    [InlineData("key", "Transfer-Encoding: chunked", "", 408)]
    [InlineData("key", "Transfer-Encoding: chunked", "1\r\n{\r\n", 408)]
    // whoever signs says so before the body and proves it with the body
    [InlineData("signature", "Content-Length: 100", "{", 408)]
    [InlineData("signature", "Transfer-Encoding: chunked", "1\r\n{\r\n", 408)]
    // nobody's body is waited for
    [InlineData("none", "Content-Length: 100", "{", 401)]
    [InlineData("wrong", "Content-Length: 100", "{", 401)]
    [InlineData("key", "Content-Length: 70000", "{", 413)]
    public async Task A_slow_body_is_answered_and_not_carried_out(string who, string length, string body, int status)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var store = NewStore();
        store.Keys.Put(new ReportSchedulerKey { Name = "signs", ProtectedKey = store.Secrets.Protect(SignedKey) }, PutMode.Add);
        using var server = new HttpTestServer(store, clock: clock);
        using var socket = new TcpClient("127.0.0.1", server.Port);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var proof = who switch
        {
            "key" => $"Authorization: Bearer {HttpTestServer.Master}\r\n",
            "signature" => $"X-Report-Key: signs\r\nX-Report-Timestamp: {now}\r\nX-Report-Signature: {new string('0', 64)}\r\n",
            "wrong" => "Authorization: Bearer guess\r\n",
            _ => "",
        };
        await socket.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"POST /tasks/1/run HTTP/1.1\r\nHost: 127.0.0.1\r\n{proof}{length}\r\n\r\n{body}"),
            TestContext.Current.CancellationToken);
        var answer = ReadAsync(socket.GetStream());
        // whatever waits for its time has it, once it waits
        while (await Task.WhenAny(answer, Task.Delay(20, TestContext.Current.CancellationToken)) != answer)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.StartsWith($"HTTP/1.1 {status} ", await answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", await answer, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.Asked);
        Assert.Equal(HttpStatusCode.Accepted, (await server.Send("POST", "/tasks/1/run", HttpTestServer.Master)).StatusCode);
    }

    [Fact]
    public async Task A_body_that_drips_has_no_more_time_than_one_that_stands_still()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var server = new HttpTestServer(NewStore(), clock: clock);
        using var socket = new TcpClient("127.0.0.1", server.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /due HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + $"{HttpTestServer.Master}\r\nContent-Length: 1000\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(socket.GetStream());
        var answer = reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        for (var second = 0; second < 900
            && await Task.WhenAny(answer, Task.Delay(20, TestContext.Current.CancellationToken)) != answer; second++)
        {
            await socket.GetStream().WriteAsync(" "u8.ToArray(), TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    /// <summary>All that comes before the connection is closed, or reset because not all that was sent was read.</summary>
    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var bytes = new byte[1024];
        try
        {
            while (await stream.ReadAsync(bytes, TestContext.Current.CancellationToken) is var read and > 0)
            {
                text.Append(Encoding.ASCII.GetString(bytes, 0, read));
            }
        }
        catch (IOException)
        {
        }

        return text.ToString();
    }
}
