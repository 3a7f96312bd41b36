using ReportScheduler.Store;

namespace ReportScheduler.Stores;

/// <summary>Moves a store to another place, with ids, counts, due times that ran, and mail that waits with its messages.</summary>
/// <remarks>It can be interrupted anywhere and repeated: what is there already is not made again.</remarks>
/// <param name="from">The store that is moved.</param>
/// <param name="to">An empty store.</param>
/// <param name="source">What is noted until it is done; null for the address of the store.</param>
internal sealed class StoreCopy(IReportStore from, IReportStore to, string? source = null)
{
    private readonly SecretCopy secrets = new(from, to, isBackup: source is not null);

    private string Source => source ?? from.Address;

    /// <inheritdoc cref="ContentCopy.RunsWithoutFiles"/>
    public int RunsWithoutFiles { get; private set; }

    /// <summary>How many passwords of a backup cannot be read here, and are to be set again.</summary>
    public int SecretsWithoutKey => secrets.WithoutKey;

    /// <inheritdoc cref="ContentCopy.OnRuns"/>
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

        secrets.Check();
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

        var content = new ContentCopy(from, to) { OnRuns = OnRuns };
        var tasks = content.Copy(secrets.Again);
        RunsWithoutFiles = content.RunsWithoutFiles;
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
            + to.Themes.All().Count + to.Keys.All().Count + to.GetRuns(new RunFilter { Limit = 1 }).Count > 0)
        {
            throw StoreErrors.StoreNotEmpty(to.Address, to.GetMark(StoreMark.MovedTo));
        }
    }

    private static string Counted(int tasks, int runs) =>
        $"{tasks} {(tasks == 1 ? "task" : "tasks")} and {runs} {(runs == 1 ? "run" : "runs")}";

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
}
