namespace ReportScheduler.Identities;

/// <summary>A private key in clear text is as secret as a password, and a file of it is
/// often saved so that everybody on the computer can read it.</summary>
internal static class KeyFile
{
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <returns>What to do about the key file of an identity that others can read; null where
    /// nobody else can, where the key has a password, and on Windows.</returns>
    public static string? Warning(ReportIdentity identity)
    {
        var path = identity.ServiceAccountKeyPath ?? (identity.HasSecret ? null : identity.CertificatePath);
        return path is not null && IsOpen(path)
            ? $"Other accounts of this computer can read the private key of the report identity '{identity.Name}' in '{path}'. "
                + "Close the file with chmod 600, and make it that of the account that runs the tasks."
            : null;
    }

    private static bool IsOpen(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            // of what a link leads to
            using var file = File.OpenHandle(path);
            return (File.GetUnixFileMode(file) & Others) != UnixFileMode.None;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // whoever needs the key says so
            return false;
        }
    }
}
