using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Paths as a session sees them.</summary>
internal static class SessionPath
{
    /// <summary>Makes a path absolute as the session sees it.</summary>
    /// <exception cref="ReportException">It names no file, such as a relative path in Env: or SQLSERVER:, where there are none.</exception>
    public static string Full(SessionState session, string path)
    {
        try
        {
            // on Linux /srv/x is a path of the current drive, also where that has no files
            if (System.IO.Path.IsPathFullyQualified(path))
            {
                return System.IO.Path.GetFullPath(path);
            }

            var full = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? full : throw CommandErrors.PathNotInFiles(path, session.Path.CurrentLocation.Path);
        }
        catch (Exception problem) when (problem is RuntimeException or ArgumentException or NotSupportedException
            or InvalidOperationException)
        {
            throw CommandErrors.PathNotUsable(path, problem);
        }
    }
}
