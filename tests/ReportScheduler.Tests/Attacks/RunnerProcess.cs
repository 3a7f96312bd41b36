using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>A runner of the built module in a process of its own, which listens for HTTP calls and runs a report every second.</summary>
internal sealed class RunnerProcess : IDisposable
{
    public const string Key = "0123456789abcdef-attack";

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly Process process;
    private readonly List<string> output = [];
    private readonly TaskCompletionSource listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="parameters">More parameters of Start-ReportScheduler.</param>
    /// <param name="tasks">How many reports run every second.</param>
    public RunnerProcess(string parameters = "", int tasks = 1)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        process = HostProcess.Start(
            folder,
            new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "s.db") },
            "-Command",
            $$"""
            $null = New-ReportConnection db -ConnectionString ':memory:'
            foreach ($n in 1..{{tasks}}) { $null = New-ReportTask "Every second $n" db -Query 'select 1 as a' -Format Csv -Destination ./reports -Every 1s -KeepRuns 20 }
            Start-ReportScheduler -Listen http://127.0.0.1:{{Port}}/ -ApiKey {{Key}} {{parameters}} | ForEach-Object { $_.Outcome.ToString() }
            """);
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int Id => process.Id;

    /// <summary>What it wrote so far.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (output)
            {
                return [.. output];
            }
        }
    }

    public Task Listens => listens.Task.WaitAsync(TimeSpan.FromMinutes(3));

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(TimeSpan patience)
    {
        await process.WaitForExitAsync().WaitAsync(patience);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.Add(line);
        }

        if (line.Contains("Listening on", StringComparison.Ordinal))
        {
            listens.TrySetResult();
        }
    }
}
