using ReportScheduler.Files;

namespace ReportScheduler.Store;

/// <summary>The folder with the files and the message of one run.</summary>
internal static class RunFolder
{
    /// <exception cref="ReportException">It cannot be made.</exception>
    public static void Create(string path)
    {
        try
        {
            var runs = Path.GetDirectoryName(path)!;
            PrivateFile.CreateFolder(runs);
            OwnFolder.CheckPrivate(runs);
            PrivateFile.CreateFolder(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.FolderNotUsable(path, problem.Message, problem);
        }
    }

    /// <summary>Removes the folders of all attempts at a run.</summary>
    /// <returns>What kept one from being removed; null when none is left.</returns>
    public static ReportException? Remove(IReportStore store, string runId)
    {
        ReportException? problem = null;
        foreach (var folder in RunFiles.FoldersOf(store.RunsFolder, runId).ToList())
        {
            problem = Remove(folder) ?? problem;
        }

        return problem;
    }

    /// <summary>Removes the folder of one attempt; one that is not there is fine.</summary>
    /// <returns>What kept it from being removed, such as a file somebody has open on Windows; null when it is gone.</returns>
    public static ReportException? Remove(string? path)
    {
        try
        {
            if (path is not null && Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StoreErrors.RunFolderNotRemoved(path!, problem);
        }
    }
}
