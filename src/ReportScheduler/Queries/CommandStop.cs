using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ReportScheduler.Queries;

/// <summary>Cancels a command on the server when a token says so, again each second until it is disposed.</summary>
/// <remarks>Once is not enough: a cancel that arrives before the server has begun is forgotten by it.</remarks>
internal sealed class CommandStop : IDisposable
{
    private readonly CancellationTokenRegistration registration;
    private readonly object gate = new();
    private readonly Timer timer;
    private IDbCommand? command;

    public CommandStop(CancellationToken cancel)
    {
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

    /// <summary>Cancels the command on the server.</summary>
    public void Now()
    {
        lock (gate)
        {
            try
            {
                if (command is SqliteCommand { Connection.Handle: { } handle })
                {
                    // Microsoft.Data.Sqlite's own Cancel does nothing.
                    SQLitePCL.raw.sqlite3_interrupt(handle);
                }
                else
                {
                    command?.Cancel();
                }
            }
            catch (Exception problem) when (problem is DbException or InvalidOperationException or IOException or System.Net.Sockets.SocketException)
            {
                // The command ended, or the server went away, while it was being cancelled.
            }
        }
    }

    public void Dispose()
    {
        registration.Dispose();
        timer.Dispose();
        lock (gate)
        {
            command = null;
        }
    }
}
