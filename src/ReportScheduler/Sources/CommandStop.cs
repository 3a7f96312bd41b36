using System.Data;
using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Sources;

/// <summary>Cancels a command on the server when a token says so, again each second until it is disposed.</summary>
/// <remarks>Once is not enough: a cancel that arrives before the server has begun is forgotten by it.</remarks>
internal sealed class CommandStop : IDisposable
{
    private readonly DatabaseProvider provider;
    private readonly CancellationTokenRegistration registration;
    private readonly object gate = new();
    private readonly Timer timer;
    private IDbCommand? command;

    /// <param name="provider">Knows how a command is cancelled.</param>
    /// <param name="cancel">Says when.</param>
    public CommandStop(DatabaseProvider provider, CancellationToken cancel)
    {
        this.provider = provider;
        timer = new Timer(_ => Now(), null, Timeout.Infinite, Timeout.Infinite);
        registration = cancel.Register(() => timer.Change(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
    }

    /// <summary>The command that is going to run.</summary>
    public void Watch(IDbCommand watched)
    {
        lock (gate)
        {
            command = watched;
        }
    }

    /// <summary>Cancels the command on the server. One that is being cancelled already is left to that.</summary>
    public void Now()
    {
        // A client that asks a silent server to cancel waits for it; nobody else may wait here, and threads must not pile up.
        if (!Monitor.TryEnter(gate))
        {
            return;
        }

        try
        {
            Cancel();
        }
        finally
        {
            Monitor.Exit(gate);
        }
    }

    /// <summary>Asks no more, and waits for a client that is asking the server now: a connection is not closed meanwhile.</summary>
    public void Dispose()
    {
        registration.Dispose();
        timer.Dispose();
        if (Monitor.TryEnter(gate, CallLimit.Grace))
        {
            command = null;
            Monitor.Exit(gate);
        }
    }

    /// <summary>Asks no more. The command's connection is not used again, and nothing is waited for.</summary>
    public void Abandon()
    {
        registration.Dispose();
        timer.Dispose();
    }

    private void Cancel()
    {
        try
        {
            if (command is not null)
            {
                provider.Cancel(command);
            }
        }
#pragma warning disable CA1031 // On a timer's thread it would end the process, and with it all other reports.
        catch (Exception)
        {
            // The command ended, or the server went away, while it was being cancelled. Clients throw anything then: Npgsql a
            // NullReferenceException where its connection has just been closed.
        }
#pragma warning restore CA1031
    }
}
