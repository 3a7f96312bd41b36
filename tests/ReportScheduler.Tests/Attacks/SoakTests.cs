using System.Globalization;

namespace ReportScheduler.Tests.Attacks;

/// <summary>A runner with reports every second stays as it is: its memory, its threads, and its open files and sockets.</summary>
public sealed class SoakTests
{
    private const int Samples = 24;
    private const int Tasks = 3;

    /// <summary>How long: REPORTSCHEDULER_SOAK_MINUTES, 45 for the whole thing; else some seconds, which find the coarse leaks.</summary>
    private static TimeSpan Length =>
        double.TryParse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes)
        ? TimeSpan.FromMinutes(minutes)
        : TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Memory_threads_and_handles_of_a_runner_are_flat()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory, threads and handles are read from /proc; run this on Linux");
        using var runner = new RunnerProcess(tasks: Tasks);
        await runner.Listens;
        var figures = new List<Figures>();
        using var client = new HttpClient();
        while (figures.Count < Samples)
        {
            await Task.Delay(Length / Samples, TestContext.Current.CancellationToken);
            using var health = await client.GetAsync(new Uri($"http://127.0.0.1:{runner.Port}/healthz"));
            Assert.True(health.IsSuccessStatusCode);
            figures.Add(Figures.Of(runner.Id));
        }

        var all = string.Join("; ", figures);
        // the first third warms up: code is compiled, caches fill
        var early = figures.Skip(Samples / 3).Take(Samples / 3).ToList();
        var late = figures.Skip(Samples * 2 / 3).ToList();
        // memory goes up and down with the garbage collector: what counts is how far it comes down
        Assert.True(late.Min(one => one.Memory) <= (early.Min(one => one.Memory) * 1.25) + (64 << 10), all);
        Assert.True(Median(late, one => one.Threads) <= Median(early, one => one.Threads) + 6, all);
        Assert.True(Median(late, one => one.Handles) <= Median(early, one => one.Handles) + 12, all);
        Assert.InRange(runner.Output.Count(line => line == "Succeeded"), 5, int.MaxValue);
        Assert.DoesNotContain("Failed", runner.Output);
        runner.Terminate();
        Assert.Equal(0, await runner.EndAsync(TimeSpan.FromSeconds(90)));
    }

    private static double Median(List<Figures> figures, Func<Figures, long> figure) =>
        figures.Select(figure).Order().ElementAt(figures.Count / 2);

    /// <param name="Memory">In KB.</param>
    /// <param name="Threads">Of the process.</param>
    /// <param name="Handles">Open files and sockets.</param>
    private sealed record Figures(long Memory, long Threads, long Handles)
    {
        public static Figures Of(int process)
        {
            var lines = File.ReadAllLines($"/proc/{process}/status");
            return new Figures(Value(lines, "VmRSS:"), Value(lines, "Threads:"),
                Directory.GetFileSystemEntries($"/proc/{process}/fd").Length);
        }

        private static long Value(string[] lines, string name) =>
            long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal))
                .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
