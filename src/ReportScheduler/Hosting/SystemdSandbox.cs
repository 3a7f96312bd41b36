using ReportScheduler.Stores;

namespace ReportScheduler.Hosting;

/// <summary>What a service of the system's own manager sees of the files that its job needs.</summary>
internal static class SystemdSandbox
{
    /// <summary>Where a module is that every account of the machine may load.</summary>
    private const string ModuleFolder = "/usr/local/share/powershell/Modules";

    private static readonly string[] Homes = ["/home", "/root"];

    private static readonly string[] Temporary = ["/tmp", "/var/tmp"];

    /// <summary>Whether it has to see the home folders.</summary>
    public static bool NeedsHome(HostedJob job) =>
        job.Folders.Append(ReportStores.FolderOf(job.StorePath, job.Scope)).Append(job.PowerShellPath).Append(job.ModulePath)
            .Append(job.EnvironmentFile ?? "").Concat(job.SecretFiles).Any(path => IsBelow(path, Homes));

    /// <summary>What the job needs and its service cannot get at, in sentences that say what to do.</summary>
    public static IEnumerable<string> Unseen(HostedJob job)
    {
        if (WhyNot(job.ModulePath, job) is { } module)
        {
            var folder = Path.GetDirectoryName(job.ModulePath);
            yield return $"The service cannot load the module: '{folder}' is {module}. Copy that folder to "
                + $"'{ModuleFolder}/ReportScheduler', import the module from there in a new session and register again.";
        }

        if (WhyNot(job.PowerShellPath, job) is { } program)
        {
            yield return $"The service cannot start PowerShell: '{job.PowerShellPath}' is {program}. Give with -PowerShellPath one that "
                + "all accounts may run, such as below /opt.";
        }

        var store = ReportStores.FolderOf(job.StorePath, job.Scope);
        if (WhyNot(store, job) is { } why)
        {
            yield return $"The service cannot open the store: '{store}' is {why}. Move it with Copy-ReportStore, such as below "
                + "/var/lib, and register again.";
        }

        foreach (var file in job.SecretFiles)
        {
            if (WhyNot(file, job) is { } hidden)
            {
                yield return $"The service cannot read '{file}', which the store is opened with: it is {hidden}. Give the account "
                    + $"'{job.Account}' a copy, such as below /etc, and name that.";
            }
        }

        foreach (var folder in job.Folders)
        {
            if (WhyNot(folder, job) is { } lost)
            {
                yield return $"The service cannot put reports where you find them: '{folder}' is {lost}. Give their tasks another "
                    + "-Destination, or Set-ReportSchedulerOption another -FilesPath, such as below /srv.";
            }
        }
    }

    // PrivateTmp gives a service folders of its own in their place; of its capabilities nothing is left that opens the home of another
    private static string? WhyNot(string path, HostedJob job) =>
        IsBelow(path, Temporary)
            ? "in a folder of temporary files, and systemd gives the service an empty one of its own in its place"
        : IsBelow(path, Homes) && HomeOf(path) is var home && Path.GetFileName(home) != job.Account && IsClosed(path, home)
            ? $"in the home folder '{home}', which the account '{job.Account}' of the service may not enter"
        : null;

    private static string HomeOf(string path) => IsBelow(path, ["/root"]) ? "/root" : string.Join('/', path.Split('/').Take(3));

    private static bool IsClosed(string path, string home)
    {
        for (var folder = path; folder is not null && IsBelow(folder, [home]); folder = Path.GetDirectoryName(folder))
        {
            if (!OperatingSystem.IsWindows() && Directory.Exists(folder)
                && !File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBelow(string path, string[] folders) =>
        folders.Any(folder => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal));
}
