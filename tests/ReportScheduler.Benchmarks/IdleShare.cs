using System.Diagnostics;

namespace ReportScheduler.Benchmarks;

/// <summary>What this process takes of a processor while a runner of it has nothing to do.</summary>
internal static class IdleShare
{
    /// <param name="loop">The runner; it is waited for.</param>
    /// <param name="start">How long starting goes on, which is another figure: compiling and collecting go on for a while.</param>
    /// <returns>Percent of one core, over a minute.</returns>
    public static double Of(Task loop, TimeSpan start)
    {
        using var self = Process.GetCurrentProcess();
        Thread.Sleep(start);
        self.Refresh();
        var (before, clock) = (self.TotalProcessorTime, Stopwatch.StartNew());
        Thread.Sleep(TimeSpan.FromMinutes(1));
        self.Refresh();
        var share = (self.TotalProcessorTime - before) / clock.Elapsed * 100;
        loop.Wait();
        return share;
    }
}
