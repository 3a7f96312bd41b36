using System.Management.Automation;
using ReportScheduler.Store;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands;

/// <summary>What every cmdlet of the module shares: the store, and errors that carry their own id.</summary>
public abstract class ReportCommand : PSCmdlet
{
    private IReportStore? store;
    private bool hasWarnedOfUnfinished;
    private bool hasFailedUnfinished;
    private HashSet<string> typed = [];
    private readonly StoreStop stopping = new();

    /// <summary>The store: the path of its file, or the address of its database, <c>postgresql://user@host/database</c>. Default:
    /// <c>$env:REPORTSCHEDULER_STORE</c>, else <c>ReportScheduler/reports.db</c> in the user's local application data folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string? StorePath { get; set; }

    /// <summary>Whose store: the user's own, or the one of the machine that services use.</summary>
    [Parameter]
    public StoreScope Scope { get; set; }

    private protected IReportStore Store => store ??= OpenStore();

    /// <summary>Whether there is a store to look into.</summary>
    private protected bool HasStore => Opened(false) is var opened && (ReportStores.IsDatabase(opened.Address) || opened.IsThere);

    /// <summary>Whether the command begins a store where none is; all others warn that there is none.</summary>
    private protected virtual bool MakesStore => false;

    /// <summary>Whether the command runs reports, of which some may need a vault away from the session's own thread.</summary>
    private protected virtual bool RunsReports => false;

    /// <summary>Whether a store that is not there is an error and no warning.</summary>
    private protected virtual bool NeedsStore => false;

    /// <summary>Whether a store that is not there is as good as an empty one.</summary>
    private protected virtual bool MayStoreBeAway => false;

    /// <summary>Whether -AllowMissingStore is a parameter of the command.</summary>
    private protected virtual bool MayStoreBeMissing => false;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        using var watched = StoreStopping.Watch();
        Guard(Process);
        // a change has said it as its error
        if (!hasWarnedOfUnfinished && !hasFailedUnfinished && store?.FilledFrom is { } from)
        {
            hasWarnedOfUnfinished = true;
            WriteWarning(StoreErrors.NotWhole(store.Address, from));
        }
    }

    /// <summary>Ends the waiting for a store when the command is stopped.</summary>
    private protected virtual StoreStop StoreStopping => stopping;

    /// <inheritdoc/>
    protected override void StopProcessing() => StoreStopping.Stop();

    /// <inheritdoc/>
    protected override void BeginProcessing() => typed = [.. MyInvocation.BoundParameters.Keys];

    /// <summary>Whether a parameter stands on the command line, and does not come from the pipeline.</summary>
    private protected bool IsTyped(string parameter) => typed.Contains(parameter);

    /// <summary>Makes a path absolute as the session sees it.</summary>
    /// <exception cref="ReportException">It names no file, such as a relative path in Env: or SQLSERVER:, where there are none.</exception>
    private protected string FullPath(string path) => SessionPath.Full(SessionState, path);

    /// <summary>The address of a database, or the full path of a file.</summary>
    /// <exception cref="ReportException">It can be neither.</exception>
    private protected string StoreAddress(string given) =>
        string.IsNullOrWhiteSpace(given) || given.Any(char.IsControl) ? throw CommandErrors.PathNotUsable(given)
        : ReportStores.IsDatabase(given) ? given
        : FullPath(given);

    /// <summary>Writes a task, and remembers how it was: what a person changes in it afterwards, Set-ReportTask stores.</summary>
    private protected void Show(ReportTask? task)
    {
        task?.RememberAsRead();
        WriteObject(task);
    }

    /// <summary>Handles one of several items: its problem is written, and the next one goes on.</summary>
    private protected void Guard(Action handle)
    {
        try
        {
            handle();
        }
        catch (ReportException problem)
        {
            hasFailedUnfinished |= problem.ErrorId == nameof(StoreErrors.StoreUnfinished);
            WriteError(problem.ToErrorRecord());
        }
    }

    /// <summary>How far a copy of the history is.</summary>
    private protected void ShowRuns(int copied, int all) =>
        WriteProgress(new ProgressRecord(1, "Copying the history", $"{copied:N0} of {all:N0} runs")
        {
            PercentComplete = Math.Min(100, (int)(100L * copied / Math.Max(1, all))),
            RecordType = copied < all ? ProgressRecordType.Processing : ProgressRecordType.Completed,
        });

    /// <summary>The tasks of a name or a wildcard pattern. A name that nobody has is an error, a pattern without a match is not.</summary>
    private protected IReadOnlyList<ReportTask> FindTasks(string name) =>
        Matching(name, Store.TaskNamed, Store.GetTasks, task => task.Name);

    /// <summary>The tasks of names or patterns; of a piped run its task, also under another name by now.</summary>
    /// <remarks>A name that nobody has is an error of its own, and the others are found.</remarks>
    private protected IEnumerable<ReportTask> FindTasks(IEnumerable<string> names, string? taskId) =>
        !IsTyped("Name") && !string.IsNullOrEmpty(taskId) && Store.FindTask(taskId) is { } task ? [task] : names.SelectMany(FoundTasks);

    private IReadOnlyList<ReportTask> FoundTasks(string name)
    {
        try
        {
            return FindTasks(name);
        }
        catch (ReportException unknown) when (unknown.ErrorId == nameof(StoreErrors.TaskNotFound))
        {
            WriteError(unknown.ToErrorRecord());
            return [];
        }
    }

    /// <summary>The connections of a name or a wildcard pattern.</summary>
    private protected IReadOnlyList<ReportConnection> FindConnections(string name) =>
        Matching(name, Store.ConnectionNamed, Store.Connections.All, connection => connection.Name);

    /// <summary>The mail servers of a name or a wildcard pattern.</summary>
    private protected IReadOnlyList<ReportMailServer> FindMailServers(string name) =>
        Matching(name, Store.MailServerNamed, Store.MailServers.All, server => server.Name);

    /// <summary>The identities of a name or a wildcard pattern.</summary>
    private protected IReadOnlyList<ReportIdentity> FindIdentities(string name) =>
        Matching(name, Store.IdentityNamed, Store.Identities.All, identity => identity.Name);

    /// <summary>The themes of a name or a wildcard pattern.</summary>
    private protected IReadOnlyList<ReportTheme> FindThemes(string name) =>
        Matching(name, Store.ThemeNamed, Store.Themes.All, theme => theme.Name);

    /// <summary>The name of an identity as the store has it; an empty text that was
    /// typed is none, and one of a table leaves it as it is.</summary>
    /// <exception cref="ReportException">The store has none of that name.</exception>
    private protected string? GivenIdentity(string? given, string? present) =>
        !string.IsNullOrWhiteSpace(given) ? Store.IdentityNamed(given).Name : IsTyped("Identity") ? null : present;

    /// <summary>The names of the tasks that refer to something, as in a sentence; null when none does.</summary>
    private protected string? TasksThatUse(Func<ReportTask, IEnumerable<string?>> references, string name)
    {
        var users = Store.GetTasks().Where(task => references(task).Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(task => $"'{task.Name}'").ToList();
        return users.Count == 0 ? null : string.Join(", ", users.Take(5)) + (users.Count > 5 ? $" and {users.Count - 5} more" : "");
    }

    private static IReadOnlyList<T> Matching<T>(string name, Func<string, T> named, Func<IReadOnlyList<T>> all, Func<T, string> nameOf)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [named(name)];
        }

        var pattern = Wildcards.Of(name);
        return [.. all().Where(thing => pattern.IsMatch(nameOf(thing)))];
    }

    /// <summary>The store at a path or address; null for the usual one.</summary>
    private protected IReportStore StoreAt(string? given, bool isMadeByReading) => ReportStores.Open(
        given is null ? null : StoreAddress(given), Scope, isMadeByReading, new SessionVault(this, RunsReports));

    private IReportStore Opened(bool isMadeByReading) => StoreAt(StorePath, isMadeByReading);

    private IReportStore OpenStore()
    {
        var opened = Opened(MakesStore);
        // a database says itself what it has not
        if (!MakesStore && !ReportStores.IsDatabase(opened.Address) && !opened.IsThere)
        {
            if (NeedsStore)
            {
                throw CommandErrors.StoreMissing(opened.Address, MayStoreBeMissing);
            }

            if (MayStoreBeAway)
            {
                return opened;
            }

            WriteWarning($"There is no report store at '{opened.Address}' yet. For another store, give its -StorePath"
                + (Scope == StoreScope.Machine ? $"; $env:{ReportStores.Variable} is not looked at with -Scope Machine."
                    : $" or -Scope, or set $env:{ReportStores.Variable}."));
        }

        return opened;
    }

    /// <summary>Handles one item. A problem thrown from here is written as an error, and the next item goes on.</summary>
    private protected abstract void Process();
}
