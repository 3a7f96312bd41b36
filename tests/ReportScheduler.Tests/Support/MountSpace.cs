using System.Diagnostics;

namespace ReportScheduler.Tests.Support;

/// <summary>Processes for which names of computers mean something else than for the rest of the machine.</summary>
internal static class MountSpace
{
    private const string Script = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";

    // an account of its own is needed where this one may mount nothing
    private static readonly string[][] Ways = [["--mount"], ["--map-root-user", "--mount"]];

    private static readonly Lazy<string[]?> Way = new(() =>
        OperatingSystem.IsLinux() ? Array.Find(Ways, way => Works([.. way, "sh", "-c", Script, "/etc/hosts", "true"])) : null);

    public static bool CanBeMade => Way.Value is not null;

    /// <summary>The command line of a process that has a file of hosts of its own; its id is that of the command.</summary>
    /// <param name="folder">Where the file is written.</param>
    /// <param name="hosts">What it has.</param>
    /// <param name="command">A program and its arguments.</param>
    public static string[] WithHosts(string folder, string hosts, IReadOnlyList<string> command)
    {
        var file = Path.Combine(folder, "hosts");
        File.WriteAllText(file, hosts + "\n");
        return ["unshare", .. Way.Value!, "sh", "-c", Script, file, .. command];
    }

    private static bool Works(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("unshare", arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
