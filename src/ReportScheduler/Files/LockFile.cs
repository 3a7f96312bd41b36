namespace ReportScheduler.Files;

/// <summary>A file that one handle at a time has open.</summary>
internal static class LockFile
{
    /// <returns>Null while somebody has it.</returns>
    public static FileStream? TryOpen(string path)
    {
        try
        {
            return PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException held) when (IsHeld(held))
        {
            return null;
        }
    }

    /// <summary>Whether the file is still the one of that name. On Windows an open file cannot be removed or renamed.</summary>
    /// <remarks>Linux tells the name of an open file, with a mark behind that of one that was removed
    /// (proc(5), fd); elsewhere a name that can be opened is another file's.</remarks>
    public static bool IsAt(FileStream file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        if (OperatingSystem.IsLinux() && new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget is { } name)
        {
            return Path.GetFileName(name) == Path.GetFileName(path);
        }

        using var other = TryOpen(path);
        return other is null;
    }

    // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux and of macOS
    private static bool IsHeld(IOException problem) => OperatingSystem.IsWindows()
        ? problem.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : problem.HResult is 11 or 35;
}
