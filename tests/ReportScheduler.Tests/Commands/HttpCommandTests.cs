using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class HttpCommandTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task A_call_over_HTTP_runs_a_task_in_the_runner()
    {
        session.Run("""
            New-ReportConnection db -Provider Sqlite -ConnectionString 'Data Source=:memory:'
            New-ReportTask 'Daily sales' -Connection db -Query 'select @a as a' -Parameters @{ a = 'of the task' } -HttpParameters a -Format Csv
            """).NoErrors();
        var key = (string)session.Run("New-ReportSchedulerKey ci -Task Daily*").Single().Key;
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var runner = Task.Run(() => session.Run($"Start-ReportScheduler -For 6s -Listen http://127.0.0.1:{port}/"));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var content = new StringContent("""{"parameters":{"a":"of the call"}}""");
        HttpResponseMessage? answer = null;
        for (var i = 0; answer is null && i < 50; i++)
        {
            try
            {
                answer = await client.PostAsync(new Uri("tasks/Daily%20sales/run", UriKind.Relative), content);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }

        Assert.Equal(HttpStatusCode.Accepted, answer?.StatusCode);
        var run = (await runner).NoErrors().Single();
        Assert.Equal($"/runs/{run.Id}", answer!.Headers.Location!.ToString());
        Assert.Equal("Http", (string)run.Trigger.ToString());
        Assert.Equal("Succeeded", (string)run.Outcome.ToString());
        Assert.Contains("of the call", File.ReadAllText(((string[])run.Files)[0]), StringComparison.Ordinal);
    }
}
