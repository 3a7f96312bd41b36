using System.Diagnostics;
using System.Runtime.InteropServices;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>One token for everything that stops a cmdlet: Ctrl+C through PowerShell, and SIGTERM, which PowerShell leaves to us.</summary>
/// <remarks>Without a registration PowerShell 7 dies on SIGTERM within milliseconds and no finally block runs.</remarks>
internal sealed class StopSignal : IDisposable
{
    // of sysexits and shells: 128 and the number of the signal
    private const int Terminated = 143;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration registration;
    private readonly Timer last;

    public StopSignal()
    {
        last = new Timer(_ => Leave());
        registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            IsTermination = true;
            Stop();
            if (Patience is { } patience)
            {
                last.Change(patience < Longest ? patience : Longest, Timeout.InfiniteTimeSpan);
            }
        });
    }

    /// <summary>How long after SIGTERM the process is ended whatever it waits for, such
    /// as an output that nobody reads; null for never.</summary>
    public TimeSpan? Patience { get; set; }

    public CancellationToken Token => source.Token;

    /// <summary>Whether SIGTERM came, which is how services are ended and no failure.</summary>
    public bool IsTermination { get; private set; }

    /// <summary>Ends the waiting for a store.</summary>
    public StoreStop Store { get; } = new();

    public void Stop()
    {
        Store.Stop();
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cmdlet ended while the signal was on its way.
        }
    }

    public void Dispose()
    {
        registration.Dispose();
        last.Dispose();
        source.Dispose();
    }

    // leaving in order may wait for ever too
    private static void Leave()
    {
        var leaving = new Thread(() => Environment.Exit(Terminated)) { IsBackground = true };
        leaving.Start();
        leaving.Join(TimeToLeave);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
