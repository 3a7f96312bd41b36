using ReportScheduler.Files;
using ReportScheduler.Store;

namespace ReportScheduler.Stores;

/// <summary>Moves a store to another place, with ids, counts, due times that ran, and mail that waits with its messages.</summary>
/// <remarks>It can be interrupted anywhere and repeated: what is there already is not made again.</remarks>
internal sealed class StoreCopy(IReportStore from, IReportStore to)
{
    private const int AtOnce = 200;

    /// <exception cref="ReportException">StoreInUse, StoreNotEmpty, StoreCopyDiffers, or a password that cannot be read here.</exception>
    public void Check()
    {
        if (from.Runners.List() is { Count: > 0 } runners)
        {
            throw StoresErrors.StoreInUse(from.Address, runners.Count);
        }

        var begun = to.GetMark(StoreMark.CopiedFrom);
        if (begun is null ? to.GetTasks().Count + to.Connections.All().Count + to.MailServers.All().Count
            + to.GetRuns(new RunFilter { Limit = 1 }).Count > 0 : begun != from.Address)
        {
            throw StoresErrors.StoreNotEmpty(to.Address);
        }

        if (from.GetUnreadable() is [var bad, ..])
        {
            throw StoreErrors.RecordNotReadable(bad.Noun, bad.Name, bad.Problem);
        }
    }

    /// <returns>How many tasks and runs the new store has.</returns>
    public (int Tasks, int Runs) Copy()
    {
        Check();
        to.SetMark(StoreMark.CopiedFrom, from.Address);
        // from now on nothing is lost: nobody changes what is copied
        from.SetMark(StoreMark.MovedTo, to.Address);
        CopyDefinitions();
        var tasks = CopyTasks();
        var runs = CopyRuns();
        KeptResults.Copy(from, from.Files, to.Files);
        var (tasksThere, runsThere) = (to.GetTasks().Count, CountRuns());
        if (tasks != tasksThere || runs != runsThere)
        {
            throw StoresErrors.StoreCopyDiffers(to.Address, $"{tasks} tasks and {runs} runs", $"{tasksThere} and {runsThere}");
        }

        to.SetMark(StoreMark.CopiedFrom, null);
        return (tasks, runs);
    }

    private void CopyDefinitions()
    {
        foreach (var identity in from.Identities.All())
        {
            identity.ProtectedSecret = Again(identity.ProtectedSecret);
            to.Identities.Put(identity, PutMode.Replace);
        }

        foreach (var connection in from.Connections.All())
        {
            connection.ProtectedPassword = Again(connection.ProtectedPassword);
            to.Connections.Put(connection, PutMode.Replace);
        }

        foreach (var server in from.MailServers.All())
        {
            server.ProtectedPassword = Again(server.ProtectedPassword);
            to.MailServers.Put(server, PutMode.Replace);
        }

        foreach (var theme in from.Themes.All())
        {
            to.Themes.Put(theme, PutMode.Replace);
        }

        foreach (var key in from.Keys.All())
        {
            key.ProtectedKey = Again(key.ProtectedKey)!;
            to.Keys.Put(key, PutMode.Replace);
        }

        to.SetOption(from.GetOption());
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

    private int CopyRuns()
    {
        var count = 0;
        foreach (var page in Pages(from))
        {
            count += page.Count;
            var files = page.ToDictionary(run => run.Id, FilesOf);
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

        return count;
    }

    private int CountRuns() => Pages(to).Sum(page => page.Count);

    private static IEnumerable<IReadOnlyList<ReportRun>> Pages(IReportStore store)
    {
        RunKey? after = null;
        while (store.GetRuns(new RunFilter { After = after, Limit = AtOnce }) is { Count: > 0 } page)
        {
            after = RunKey.Of(page[^1]);
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
        return Directory.Exists(run.Folder) ? [.. Directory.EnumerateFiles(run.Folder)] : [];
    }

    private void CopyFiles(List<string> files, ReportRun run)
    {
        to.Files.Create(run.Folder!);
        foreach (var file in files)
        {
            var target = Path.Combine(run.Folder!, Path.GetFileName(file));
            if (!File.Exists(target))
            {
                PrivateFile.Copy(file, target);
            }
        }

        to.Files.Keep(run);
    }

    private string? Again(string? protectedText) =>
        protectedText is null or "" ? protectedText : to.Secrets.Protect(from.Secrets.Unprotect(protectedText));
}
