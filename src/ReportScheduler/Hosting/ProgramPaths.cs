namespace ReportScheduler.Hosting;

/// <summary>Finds the programs that a hosted job needs, at registration and not at night.</summary>
internal static class ProgramPaths
{
    /// <summary>The PowerShell to start: the given one, else the one that runs now when it is one that
    /// takes -Command, else the one in PATH, else the host that runs now.</summary>
    /// <exception cref="ReportException">There is no such file.</exception>
    public static string PowerShell(string? given)
    {
        if (given is not null)
        {
            return File.Exists(given) ? Path.GetFullPath(given) : throw HostingErrors.PowerShellNotFound(given);
        }

        var running = Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(running) is "pwsh" or "ReportScheduler.Host"
            ? running!
            : Find("pwsh") ?? Host() ?? throw HostingErrors.PowerShellNotFound("pwsh");
    }

    /// <summary>The full path of a program in PATH; null when there is none.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program))
        .FirstOrDefault(File.Exists);

    /// <summary>The host of this repository when it is what runs now, started as
    /// dotnet ReportScheduler.Host.dll; null when it is not.</summary>
    private static string? Host()
    {
        var host =
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "ReportScheduler.Host.exe" : "ReportScheduler.Host");
        return File.Exists(host) ? host : null;
    }
}
