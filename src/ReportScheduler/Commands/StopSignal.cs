using System.Runtime.InteropServices;

namespace ReportScheduler.Commands;

/// <summary>One token for everything that stops a cmdlet: Ctrl+C through PowerShell, and SIGTERM, which PowerShell leaves to us.</summary>
/// <remarks>Without a registration PowerShell 7 dies on SIGTERM within milliseconds and no finally block runs.</remarks>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration registration;

    public StopSignal() => registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        IsTermination = true;
        Stop();
    });

    public CancellationToken Token => source.Token;

    /// <summary>Whether SIGTERM came, which is how services are ended and no failure.</summary>
    public bool IsTermination { get; private set; }

    public void Stop()
    {
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
        source.Dispose();
    }
}
