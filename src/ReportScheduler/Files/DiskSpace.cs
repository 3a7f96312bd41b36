namespace ReportScheduler.Files;

/// <summary>How a disk without room shows.</summary>
internal static class DiskSpace
{
    /// <summary>Whether an error means that a disk, or a quota on it, is full.</summary>
    // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL; ENOSPC, EDQUOT of Linux and of macOS
    public static bool IsUsedUp(Exception problem) => problem is IOException
        && (problem.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027) or 28
            || problem.HResult == (OperatingSystem.IsMacOS() ? 69 : 122));

    /// <summary>The bytes that this account may still write to the disk of a folder; null where nobody can tell.</summary>
    public static long? FreeAt(string folder) => Ask(folder, disk => disk.AvailableFreeSpace);

    /// <summary>The bytes of the disk of a folder; null where nobody can tell.</summary>
    public static long? SizeAt(string folder) => Ask(folder, disk => disk.TotalSize);

    private static long? Ask(string folder, Func<DriveInfo, long> what)
    {
        try
        {
            return what(new DriveInfo(folder));
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
