namespace ReportScheduler.Files;

/// <summary>Tries whether files can be put in a folder, and leaves nothing behind:
/// not the folder either, where it is still to be made.</summary>
/// <remarks>Who tries is perhaps not who will write: a folder that an
/// administrator's test had made would be closed to the service.</remarks>
internal static class WritableFolder
{
    /// <exception cref="IOException">It cannot be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    /// <returns>Whether the folder is there.</returns>
    public static bool Try(string folder)
    {
        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there))
        {
            there = File.Exists(there) ? throw new IOException($"'{there}' is a file")
                : Path.GetDirectoryName(there) ?? throw new DirectoryNotFoundException($"'{there}' is not there");
        }

        var probe = Path.Combine(there, $".report-scheduler-{Guid.NewGuid():n}.tmp");
        var isThere = Directory.Exists(folder);
        if (isThere)
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        else
        {
            Directory.CreateDirectory(probe);
            Directory.Delete(probe);
        }

        return isThere;
    }
}
