using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Files;

namespace ReportScheduler.Store;

/// <summary>The files of runs in one folder that all runners of the store see.</summary>
internal sealed class LocalRunFiles(string folder) : IRunFiles
{
    /// <summary>Reports whose mail waits may still become the ones to compare with.</summary>
    private const int MostResults = 3;

    public string Folder => folder;

    // beside the folders of runs, which have their own lives
    private string Results => Path.Combine(Path.GetDirectoryName(folder)!, "results");

    public string FolderOf(string runId, int attempt) => RunPaths.FolderOf(folder, runId, attempt);

    public void Create(string path) => Make(path);

    public void Keep(ReportRun run)
    {
    }

    public void Share(ReportRun run)
    {
    }

    public void Fetch(ReportRun run)
    {
    }

    public void Locate(IReadOnlyList<ReportRun> runs)
    {
        foreach (var run in runs)
        {
            RunPaths.Locate(run, file => File.Exists(file) ? file : null, _ => RunPaths.Removed);
        }
    }

    public bool Has(string runId) =>
        RunPaths.FoldersOf(folder, runId).Any(attempt => Directory.EnumerateFileSystemEntries(attempt).Any());

    public IReadOnlyList<(string RunId, ReportException? Problem)> RemoveFromDisks(IReadOnlyCollection<string> runIds) =>
        [.. runIds.Select(id => (id, Remove(id)))];

    public ReportException? Remove(string runId)
    {
        ReportException? problem = null;
        foreach (var attempt in RunPaths.FoldersOf(folder, runId).ToList())
        {
            problem = RemoveFolder(attempt) ?? problem;
        }

        return problem;
    }

    public void KeepResult(string taskId, string runId, string path, string? lastRunId)
    {
        Make(Path.Combine(Results, "new"));
        var kept = Of(taskId, runId);
        // whole or not at all, also where it comes from another disk
        File.Copy(path, kept + ".new", overwrite: true);
        File.Move(kept + ".new", kept, overwrite: true);
        var newest = ResultsOf(taskId).OrderDescending(StringComparer.Ordinal).Take(MostResults).Append(kept)
            .Append(Of(taskId, lastRunId ?? runId)).ToHashSet(StringComparer.Ordinal);
        foreach (var old in ResultsOf(taskId).Where(file => !newest.Contains(file)))
        {
            File.Delete(old);
        }
    }

    public bool FetchResult(string taskId, string runId, string path)
    {
        // a link in a backup may lead anywhere
        if (!File.Exists(Of(taskId, runId)) || new FileInfo(Of(taskId, runId)).LinkTarget is not null)
        {
            return false;
        }

        PrivateFile.Copy(Of(taskId, runId), path);
        return true;
    }

    public void RemoveResults(string taskId)
    {
        try
        {
            ResultsOf(taskId).ForEach(File.Delete);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // they are small, and nobody compares with them any more
        }
    }

    public ReportException? RemoveFolder(string? path) => Delete(path);

    private string Of(string taskId, string runId) => Path.Combine(Results, $"{NameOf(taskId)}.{(RunPaths.IsId(runId) ? runId : "none")}");

    private List<string> ResultsOf(string taskId) =>
        Directory.Exists(Results) ? [.. Directory.EnumerateFiles(Results, $"{NameOf(taskId)}.*")] : [];

    // an id is any text
    private static string NameOf(string taskId) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(taskId)))[..32];

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
