using System.Diagnostics;
using System.Globalization;

namespace ReportScheduler.Runs;

/// <summary>Who works on a run: machine, process, the start of the process, and which of its workers.</summary>
/// <remarks>With the start of the process, a process id that the system gave away again is not taken for the old one.</remarks>
internal static class RunOwner
{
    private static readonly string Process = MakeProcess();
    private static int workers;

    /// <summary>A new owner in this process. Text: <c>machine/process/start/worker</c>.</summary>
    public static string Create() => $"{Process}/{Interlocked.Increment(ref workers)}";

    /// <summary>Whether the process of an owner is known to be gone. False for another machine's: only its heartbeat tells.</summary>
    public static bool IsGone(string owner)
    {
        var parts = owner.Split('/');
        if (parts.Length != 4 || parts[0] != Environment.MachineName
            || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return process.HasExited || Start(process) != parts[2];
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string MakeProcess()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return $"{Environment.MachineName}/{Environment.ProcessId}/{Start(self)}";
    }

    /// <summary>In seconds: Linux works the start out from the boot time, and its fraction differs from reader to reader.</summary>
    private static string Start(Process process) =>
        (process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond / 4).ToString(CultureInfo.InvariantCulture);
}
