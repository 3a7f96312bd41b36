using ReportScheduler.Files;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Stores;

/// <summary>Moves a store to another place, with ids, counts, due times that ran, and mail that waits with its messages.</summary>
/// <remarks>It can be interrupted anywhere and repeated: what is there already is not made again.</remarks>
/// <param name="from">The store that is moved.</param>
/// <param name="to">An empty store.</param>
/// <param name="source">What is noted until it is done; null for the address of the store.</param>
internal sealed class StoreCopy(IReportStore from, IReportStore to, string? source = null)
{
    private const int AtOnce = 200;

    private string Source => source ?? from.Address;

    /// <summary>Of how many runs the files were not copied: they have reached everybody, and stay with the old store.</summary>
    public int RunsWithoutFiles { get; private set; }

    /// <summary>How many passwords of a backup cannot be read here, and are to be set again.</summary>
    public int SecretsWithoutKey { get; private set; }

    /// <summary>Is told how many runs were copied, and of how many.</summary>
    public Action<int, int>? OnRuns { get; init; }

    /// <exception cref="ReportException">StoreIsSame, StoreInUse, StoreMoved, StoreUnfinished, StoreNotEmpty, StoreKeyMissing,
    /// or a password that cannot be read here.</exception>
    public void Check()
    {
        if (ReportStores.PlaceOf(from.Address) == ReportStores.PlaceOf(to.Address))
        {
            throw StoresErrors.StoreIsSame(to.Address);
        }

        CheckUse();
        // two stores that both go on would send everything twice
        if (source is null && from.GetMark(StoreMark.MovedTo) is { } elsewhere && elsewhere != to.Address)
        {
            throw StoreErrors.StoreMoved(from.Address, elsewhere);
        }

        CheckTarget(to, Source);
        if (from.GetUnreadable() is [var bad, ..])
        {
            throw StoreErrors.RecordNotReadable(bad.Noun, bad.Name, bad.Problem);
        }

        CheckKeys();
    }

    /// <summary>Whether a store takes all of another one.</summary>
    /// <param name="to">The store.</param>
    /// <param name="source">What is noted on it until it is whole.</param>
    /// <exception cref="ReportException">StoreUnfinished or StoreNotEmpty.</exception>
    public static void CheckTarget(IReportStore to, string source)
    {
        var begun = to.GetMark(StoreMark.CopiedFrom);
        if (begun is not null && begun != source)
        {
            throw StoreErrors.StoreUnfinished(to.Address, begun);
        }

        if (begun is null)
        {
            CheckEmpty(to);
        }
    }

    /// <returns>How many tasks and runs the new store has.</returns>
    public (int Tasks, int Runs) Copy()
    {
        Check();
        var isRepeated = !to.SetMark(StoreMark.CopiedFrom, Source);
        if (from.GetMark(StoreMark.CopiedFrom) == Source)
        {
            // an empty store under two names
            to.SetMark(StoreMark.CopiedFrom, null);
            throw StoresErrors.StoreIsSame(to.Address);
        }

        if (!isRepeated)
        {
            BeginEmpty();
        }

        // from now on nothing is lost: nobody changes what is copied
        Claim(isRepeated);
        try
        {
            CheckUse();
        }
        catch (ReportException) when (!isRepeated)
        {
            // somebody began between the first look and the mark: as if the move had not begun
            from.SetMark(StoreMark.MovedTo, null);
            to.SetMark(StoreMark.CopiedFrom, null);
            throw;
        }

        var tasks = CopyContent(Again);
        var (runs, tasksThere, runsThere) = (from.CountRuns(), to.GetTasks().Count, to.CountRuns());
        if (tasks != tasksThere || runs != runsThere)
        {
            throw StoresErrors.StoreCopyDiffers(to.Address, Counted(tasksThere, runsThere), from.Address, Counted(tasks, runs));
        }

        // cut off here, the same command finds the mark of the new one
        from.SetMark(StoreMark.MovingTo, null);
        to.SetMark(StoreMark.CopiedFrom, null);
        return (tasks, runs);
    }

    // another process may have filled it between the first look and the mark
    private void BeginEmpty()
    {
        try
        {
            CheckEmpty(to);
        }
        catch (ReportException)
        {
            to.SetMark(StoreMark.CopiedFrom, null);
            throw;
        }
    }

    private static void CheckEmpty(IReportStore to)
    {
        if (to.GetTasks().Count + to.Connections.All().Count + to.MailServers.All().Count + to.Identities.All().Count
            + to.Themes.All().Count + to.GetRuns(new RunFilter { Limit = 1 }).Count > 0)
        {
            throw StoreErrors.StoreNotEmpty(to.Address);
        }
    }

    private static string Counted(int tasks, int runs) =>
        $"{tasks} {(tasks == 1 ? "task" : "tasks")} and {runs} {(runs == 1 ? "run" : "runs")}";

    // a key that is not here is found before anything is noted on a store
    private void CheckKeys()
    {
        (to as RelationalStore)?.Key.Check();
        string?[] texts = source is not null ? []
        :
        [
            .. from.Identities.All().Select(one => one.ProtectedSecret), .. from.Connections.All().Select(one => one.ProtectedPassword),
            .. from.MailServers.All().Select(one => one.ProtectedPassword), .. from.Keys.All().Select(one => one.ProtectedKey),
        ];
        foreach (var text in texts.Where(text => !string.IsNullOrEmpty(text) && !CanRead(to, text)))
        {
            _ = from.Secrets.Unprotect(text!);
        }
    }

    private void Claim(bool isRepeated)
    {
        try
        {
            if (source is not null)
            {
                // what a backup says of the store that it is of
                from.SetMark(StoreMark.MovedTo, null);
            }

            from.SetMark(StoreMark.MovedTo, to.Address);
        }
        catch (ReportException) when (!isRepeated)
        {
            // another process was quicker, and moves it elsewhere
            to.SetMark(StoreMark.CopiedFrom, null);
            throw;
        }
    }

    /// <summary>Copies without a note on either store.</summary>
    /// <param name="again">What becomes of a protected text.</param>
    /// <returns>How many tasks were copied.</returns>
    public int CopyContent(Func<string?, string?> again)
    {
        if (from.GetMark(StoreMark.Id) is { } id)
        {
            to.SetMark(StoreMark.Id, id);
        }

        CopyDefinitions(again);
        var tasks = CopyTasks();
        CopyRuns();
        KeptResults.Copy(from, from.Files, to.Files);
        return tasks;
    }

    // a runner, or a report that a person or a system's job makes
    private void CheckUse()
    {
        var now = from.Clock.GetUtcNow();
        var runners = from.Runners.List().Count;
        var runs = runners > 0 ? 0 : from.GetRuns(new RunFilter { Outcomes = [RunOutcome.Running, RunOutcome.Delivering] })
            .Count(run => run.Owner is { } owner && !RunOwner.IsGone(owner) && run.HeartbeatAt + RunnerLease.Length > now);
        if (runners + runs > 0)
        {
            throw StoresErrors.StoreInUse(from.Address, runners, runs);
        }
    }

    private void CopyDefinitions(Func<string?, string?> again)
    {
        foreach (var identity in from.Identities.All())
        {
            identity.ProtectedSecret = again(identity.ProtectedSecret);
            to.Identities.Put(identity, PutMode.Replace);
        }

        foreach (var connection in from.Connections.All())
        {
            connection.ProtectedPassword = again(connection.ProtectedPassword);
            to.Connections.Put(connection, PutMode.Replace);
        }

        foreach (var server in from.MailServers.All())
        {
            server.ProtectedPassword = again(server.ProtectedPassword);
            server.ProtectedCertificatePassword = again(server.ProtectedCertificatePassword);
            to.MailServers.Put(server, PutMode.Replace);
        }

        foreach (var theme in from.Themes.All())
        {
            to.Themes.Put(theme, PutMode.Replace);
        }

        foreach (var key in from.Keys.All())
        {
            key.ProtectedKey = again(key.ProtectedKey)!;
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

    // text that the new store can read as it is, such as after a backup of the same store, stays
    private string? Again(string? protectedText)
    {
        if (protectedText is null or "")
        {
            return protectedText;
        }

        return CanRead(to, protectedText) ? protectedText : AgainWithKeyOf(protectedText);
    }

    private static bool CanRead(IReportStore store, string protectedText)
    {
        try
        {
            store.Secrets.Unprotect(protectedText);
            return true;
        }
        catch (ReportException)
        {
            return false;
        }
    }

    // a backup may have come without its key; all else in it is of use
    private string AgainWithKeyOf(string protectedText)
    {
        string plain;
        try
        {
            plain = from.Secrets.Unprotect(protectedText);
        }
        catch (ReportException) when (source is not null)
        {
            SecretsWithoutKey++;
            return protectedText;
        }

        return to.Secrets.Protect(plain);
    }
}
