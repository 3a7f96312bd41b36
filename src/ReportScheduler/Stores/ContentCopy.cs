using ReportScheduler.Files;
using ReportScheduler.Store;

namespace ReportScheduler.Stores;

/// <summary>Copies what a store has into another one: definitions, tasks with their state, runs with what waits to be sent.</summary>
/// <remarks>It can be cut off anywhere and repeated: what is there already is not made again.</remarks>
internal sealed class ContentCopy(IReportStore from, IReportStore to)
{
    private const int AtOnce = 200;

    /// <summary>Of how many runs the files were not copied: they have reached everybody, and stay with the old store.</summary>
    public int RunsWithoutFiles { get; private set; }

    /// <summary>Is told how many runs were copied, and of how many.</summary>
    public Action<int, int>? OnRuns { get; init; }

    /// <param name="again">What becomes of a protected text.</param>
    /// <returns>How many tasks were copied.</returns>
    public int Copy(Func<string, string> again)
    {
        if (from.GetMark(StoreMark.Id) is { } id)
        {
            to.SetMark(StoreMark.Id, id);
        }

        CopyNamed(from.Identities, to.Identities, again);
        CopyNamed(from.Connections, to.Connections, again);
        CopyNamed(from.MailServers, to.MailServers, again);
        CopyNamed(from.Themes, to.Themes, again);
        CopyNamed(from.Keys, to.Keys, again);
        to.SetOption(from.GetOption());
        var tasks = CopyTasks();
        CopyRuns();
        KeptResults.Copy(from, from.Files, to.Files);
        return tasks;
    }

    private static void CopyNamed<T>(INamedRecords<T> from, INamedRecords<T> to, Func<string, string> again)
        where T : class
    {
        foreach (var one in from.All())
        {
            ProtectedTexts.Change(one, again);
            to.Put(one, PutMode.Replace);
        }
    }

    private int CopyTasks()
    {
        var states = from.GetStates().ToDictionary(state => state.TaskId);
        var tasks = from.GetTasks();
        foreach (var task in tasks)
        {
            to.PutTask(task, PutMode.Replace, null);
            if (states.TryGetValue(task.Id, out var state))
            {
                to.PutState(state);
            }
        }

        return tasks.Count;
    }

    private void CopyRuns()
    {
        var (count, all) = (0, from.CountRuns());
        foreach (var page in Pages(from))
        {
            count += page.Count;
            OnRuns?.Invoke(count, all);
            var files = page.ToDictionary(run => run.Id, FilesOf);
            RunsWithoutFiles += page.Count(run => run.Folder is not null && files[run.Id].Count == 0 && from.Files.Has(run.Id));
            foreach (var run in page)
            {
                RunPaths.Own(run, to.Files.Folder);
            }

            to.ImportRuns(page);
            foreach (var run in page.Where(run => files[run.Id].Count > 0))
            {
                CopyFiles(files[run.Id], run);
            }
        }
    }

    private static IEnumerable<IReadOnlyList<ReportRun>> Pages(IReportStore store)
    {
        string? after = null;
        while (store.GetRunsById(after, AtOnce) is { Count: > 0 } page)
        {
            after = page[^1].Id;
            yield return page;
        }
    }

    // those of the runs that have not reached everybody
    private List<string> FilesOf(ReportRun run)
    {
        if (run.Folder is null || run.Deliveries.All(delivery => delivery.IsWhole))
        {
            return [];
        }

        from.Files.Fetch(run);
        return Directory.Exists(run.Folder) ? [.. Directory.EnumerateFiles(run.Folder).Where(file => !PrivateFile.IsPart(file))] : [];
    }

    private void CopyFiles(List<string> files, ReportRun run)
    {
        to.Files.Create(run.Folder!);
        foreach (var file in files)
        {
            PrivateFile.CopyMissing(file, Path.Combine(run.Folder!, Path.GetFileName(file)));
        }

        to.Files.Keep(run);
    }
}
