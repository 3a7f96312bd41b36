using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The folder with the files and the message of one run.</summary>
internal static class RunFolder
{
    /// <exception cref="ReportException">It cannot be made.</exception>
    public static void Create(string path)
    {
        try
        {
            PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
            PrivateFile.CreateFolder(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ReportError.FolderNotUsable(path, problem.Message, problem);
        }
    }

    /// <summary>Removes the folder; one that is not there, or is in use on Windows, is left alone.</summary>
    public static void Remove(string? path)
    {
        try
        {
            if (path is not null && Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Retention tries again; a file somebody has open must not fail the run that came by.
        }
    }
}
