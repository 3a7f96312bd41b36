using ReportScheduler.Files;

namespace ReportScheduler.Store;

/// <summary>The files of runs in one folder that all runners of the store see.</summary>
internal sealed class LocalRunFiles(string folder) : IRunFiles
{
    public string Folder => folder;

    public string FolderOf(string runId, int attempt) => RunPaths.FolderOf(folder, runId, attempt);

    public void Create(string path) => Make(path);

    public void Keep(ReportRun run)
    {
    }

    public void Fetch(ReportRun run)
    {
    }

    public ReportException? Remove(string runId)
    {
        ReportException? problem = null;
        foreach (var attempt in RunPaths.FoldersOf(folder, runId).ToList())
        {
            problem = RemoveFolder(attempt) ?? problem;
        }

        return problem;
    }

    public ReportException? RemoveFolder(string? path) => Delete(path);

    /// <summary>Makes the folder of a run, and the one above it.</summary>
    public static void Make(string path)
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

    /// <summary>Removes a folder with all that is in it; one that is not there is fine.</summary>
    public static ReportException? Delete(string? path)
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
