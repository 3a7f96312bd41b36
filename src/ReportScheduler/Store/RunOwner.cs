using System.Diagnostics;
using System.Globalization;

namespace ReportScheduler.Store;

/// <summary>Who works on a run: place, process, the start of the process, and which of its workers.</summary>
/// <remarks>
/// With the start of the process, a process id that the system gave away again is not taken for the old one. The place is the
/// machine and, on Linux, its boot and its process namespace: containers of one name, and machines that were cloned from one, do not
/// know each other's processes.
/// </remarks>
internal static class RunOwner
{
    private const string Hidden = "hidden";

    // the namespace of processes outside of containers has the same number everywhere
    private const string Boot = "/proc/sys/kernel/random/boot_id";

    private static readonly string Place = MakePlace();
    private static readonly string Self =
        $"{Place}/{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}/{StartOf(Environment.ProcessId)}";
    private static int workers;

    /// <summary>A new owner in this process. Text: <c>place/process/start/worker</c>.</summary>
    public static string Create() => $"{Self}/{Interlocked.Increment(ref workers).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Whether the process of an owner is known to be gone. False for another machine's: only its heartbeat tells.</summary>
    public static bool IsGone(string owner) => IsAlive(owner) == false;

    /// <summary>Whether the process of an owner is there; null for one that cannot be seen from here, such as another machine's.</summary>
    public static bool? IsAlive(string owner)
    {
        var parts = owner.Split('/');
        return parts.Length == 4 && parts[0] == Place
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id)
            && StartOf(id) is var start && start != Hidden
            ? start == parts[2]
            : null;
    }

    private static string MakePlace()
    {
        var machine = Environment.MachineName.Replace('/', '_');
        return OperatingSystem.IsLinux() && File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name is { } space
            ? $"{machine} {(File.Exists(Boot) ? File.ReadAllText(Boot).Trim() : "")} {space}"
            : machine;
    }

    /// <summary>The start of a process as text that every reader finds the same; empty for one that is gone.</summary>
    /// <remarks>On Linux in clock ticks since boot (proc(5), stat, field 22): the time of day would change when the clock is set.</remarks>
    private static string StartOf(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // The name in parentheses may hold spaces; the fields after it do not.
                var stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
                return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
            }

            using var process = Process.GetProcessById(id);
            return process.HasExited ? "" : process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or IOException)
        {
            return "";
        }
        catch (Exception hidden) when (hidden is System.ComponentModel.Win32Exception or UnauthorizedAccessException)
        {
            return Hidden;
        }
    }
}
