using System.Text.RegularExpressions;

namespace ReportScheduler.Hosting;

/// <summary>Puts unit files where systemd reads them, and tells it.</summary>
internal static partial class Systemd
{
    /// <summary>The folder of the units of a scope.</summary>
    public static string Folder(StoreScope scope) => scope == StoreScope.Machine
        ? "/etc/systemd/system"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "systemd", "user");

    public static void Install(ReportScheduledTask registered)
    {
        var folder = registered.UnitFolder!;
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in registered.Files)
            {
                File.WriteAllText(Path.Combine(folder, file.Name), file.Text);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw HostingErrors.UnitNotWritten(folder, problem);
        }

        if (IsRead(registered))
        {
            Systemctl(registered, "daemon-reload");
            Systemctl(registered, "enable", "--now", registered.Files[^1].Name);
        }
    }

    public static void Remove(ReportScheduledTask registered)
    {
        if (IsRead(registered) && File.Exists(Path.Combine(registered.UnitFolder!, registered.Files[^1].Name)))
        {
            Systemctl(registered, "disable", "--now", registered.Files[^1].Name);
        }

        foreach (var file in registered.Files)
        {
            File.Delete(Path.Combine(registered.UnitFolder!, file.Name));
        }

        if (IsRead(registered))
        {
            Systemctl(registered, "daemon-reload");
        }
    }

    /// <summary>What differs between the files and what was registered.</summary>
    public static IEnumerable<string> Changes(ReportScheduledTask registered) =>
        from file in registered.Files
        let path = Path.Combine(registered.UnitFolder!, file.Name)
        let change = !File.Exists(path) ? $"'{path}' is gone." : File.ReadAllText(path) != file.Text ? $"'{path}' was changed." : null
        where change is not null
        select change;

    /// <summary>The names of the variables that the manager gives all its units; none when
    /// it is not asked for this unit, or does not answer.</summary>
    public static string[] Variables(ReportScheduledTask registered)
    {
        try
        {
            return IsRead(registered) ? [.. Systemctl(registered, "show-environment").Split('\n').Select(line => line.Split('=')[0])] : [];
        }
        catch (ReportException)
        {
            return [];
        }
    }

    /// <summary>Whether the manager of an account is started at boot, and not by its login (loginctl enable-linger).</summary>
    public static bool Lingers(string account) => File.Exists(Path.Combine("/var/lib/systemd/linger", account));

    /// <summary>Whether systemd reads the folder: units in another one are for an image or another machine.</summary>
    public static bool IsRead(ReportScheduledTask registered) => registered.UnitFolder == Folder(registered.Scope);

    private static string Systemctl(ReportScheduledTask registered, params string[] arguments)
    {
        string[] all = registered.Scope == StoreScope.Machine ? arguments : ["--user", .. arguments];
        try
        {
            return SystemProgram.Run("systemctl", null, all);
        }
        catch (ReportException problem) when (problem.ErrorId == nameof(HostingErrors.SystemProgramFailed)
            && NoBus().IsMatch(problem.Message))
        {
            throw HostingErrors.SystemdNotRunning($"systemctl {string.Join(' ', all)}", registered.Scope, problem);
        }
    }

    [GeneratedRegex("connect to bus|not been booted with systemd|Host is down", RegexOptions.IgnoreCase)]
    private static partial Regex NoBus();
}
