using System.Runtime.InteropServices;

namespace ReportScheduler.Host;

/// <summary>Ctrl+C, SIGTERM and SIGHUP ask the pipeline to stop instead of killing it, so that cmdlets can clean up. A second signal kills.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> registrations;
    private readonly Action stop;
    private int received;

    public StopSignals(Action stop)
    {
        this.stop = stop;
        registrations = [Register(PosixSignal.SIGINT, 130), Register(PosixSignal.SIGTERM, 143), Register(PosixSignal.SIGHUP, 129)];
    }

    /// <summary>128 and the number of the signal, as shells expect, when one stopped the pipeline; else null.</summary>
    public int? ExitCode(bool stopped) => stopped && received != 0 ? received : null;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private PosixSignalRegistration Register(PosixSignal signal, int exitCode) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = Interlocked.CompareExchange(ref received, exitCode, 0) == 0;
        if (context.Cancel)
        {
            stop();
        }
    });
}
