using ReportScheduler.Files;

namespace ReportScheduler.Runs;

/// <summary>Keeps reports from taking the last room on the disk, on which the store lives as well.</summary>
internal static class RoomForReports
{
    private const long Most = 64 << 20;

    /// <summary>One part in this many of the disk is left.</summary>
    private const int Part = 16;

    /// <exception cref="ReportException">RunFolderDiskFull.</exception>
    public static void Check(string folder)
    {
        if (DiskSpace.FreeAt(folder) is { } free && DiskSpace.SizeAt(folder) is { } size && Math.Min(Most, size / Part) is var kept
            && free < kept)
        {
            throw RunErrors.RunFolderDiskFull(folder, free, kept);
        }
    }
}
