using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Whoever keeps a report busy for ever, a stop ends the runner.</summary>
public sealed class RunnerEndTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly TcpListener server = new(IPAddress.Loopback, 0);

    public RunnerEndTests() => server.Start();

    public void Dispose()
    {
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    // a mail server that says nothing, one that drips, a database that says nothing, a query that never ends
    [InlineData("mail", "", false)]
    [InlineData("mail", "220-", true)]
    [InlineData("database", "", true)]
    [InlineData("database", "N", false)]
    [InlineData("query", "", false)]
    [InlineData("query", "", true)]
    public async Task For_and_SIGTERM_end_a_runner_whose_report_hangs(string what, string drip, bool bySignal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        var asked = Answer(drip);
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        var (connection, query) = what switch
        {
            "database" => ($"Host=127.0.0.1;Port={port};Database=d;Username=u;Password=p;Timeout=300", "select 1 as a"),
            "query" => ("Data Source=:memory:",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 9000000000) select count(*) as n from n"),
            _ => ("Data Source=:memory:", "select 1 as a"),
        };
        using var runner = HostProcess.Start(
            folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "s.db") }, "-Command",
            $$"""
            $null = New-ReportConnection c -Provider {{(what == "database" ? "PostgreSql" : "Sqlite")}} -ConnectionString '{{connection}}'
            $null = New-ReportMailServer m -SmtpHost 127.0.0.1 -Port {{port}} -Security None -From a@example.com
            $null = New-ReportTask hangs c -Query '{{query}}' -Format Csv -Every 1s {{(what == "mail" ? "-To b@example.com" : "")}}
            Start-ReportScheduler -DrainTimeout 1s {{(bySignal ? "" : "-For 6s")}}
            """);
        runner.StandardInput.Close();
        if (bySignal)
        {
            while (await runner.StandardOutput.ReadLineAsync() is { } line && !line.Contains("started", StringComparison.Ordinal))
            {
            }

            if (what != "query")
            {
                await asked.WaitAsync(TimeSpan.FromMinutes(3));
            }

            using var kill = Process.Start("kill", ["-TERM", $"{runner.Id}"]);
        }

        Assert.Equal(0, HostProcess.End(runner).ExitCode);
    }

    /// <summary>Takes every connection and writes a byte of <paramref name="drip"/> each second.</summary>
    private Task Answer(string drip)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Task.Run(async () =>
        {
            while (true)
            {
                var client = await server.AcceptTcpClientAsync();
                asked.TrySetResult();
                _ = Drip(client, drip);
            }
        });
        return asked.Task;
    }

    private static async Task Drip(TcpClient client, string drip)
    {
        try
        {
            for (var i = 0; drip.Length > 0; i++)
            {
                await client.GetStream().WriteAsync(new[] { (byte)drip[Math.Min(i, drip.Length - 1)] });
                await Task.Delay(1000);
            }
        }
        catch (IOException)
        {
            client.Dispose();
        }
    }
}
