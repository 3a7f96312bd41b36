using ReportScheduler.Schedules;
using ReportScheduler.Store;
using ReportScheduler.Text;

namespace ReportScheduler.Definitions;

/// <summary>Brings a task that a person wrote or changed into the store.</summary>
internal static class TaskDefinition
{
    /// <summary>Checks the task against its rules and against the store, and writes it.</summary>
    /// <param name="store">Where it goes.</param>
    /// <param name="task">The whole task; its state's next due time is set.</param>
    /// <param name="mode">What the store may hold of that name.</param>
    /// <param name="reschedule">Work out the next due time anew; otherwise a due time that is still to be served stays.</param>
    /// <param name="clock">Says what time it is.</param>
    /// <exception cref="ReportException">A rule is broken, a name is taken, or a connection or mail server is not there.</exception>
    public static void Save(IReportStore store, ReportTask task, PutMode mode, bool reschedule, TimeProvider clock)
    {
        Check(store, task, mode);
        if (reschedule || !task.Enabled)
        {
            task.State.NextRunAt = NextRunAt(task, clock.GetUtcNow());
        }

        store.PutTask(task, mode, task.State.NextRunAt, keepsNext: !reschedule && mode == PutMode.Update);
    }

    /// <summary>Checks the task against its rules and against the store, and writes nothing.</summary>
    /// <exception cref="ReportException">A rule is broken, a name is taken, or a connection or mail server is not there.</exception>
    public static void Check(IReportStore store, ReportTask task, PutMode mode)
    {
        TaskRules.Check(task, store.ProviderOf);
        CheckReferences(store, task);
        if (mode == PutMode.Add && store.FindTask(task.Name) is { } other
            && other.Name.Equals(task.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw StoreErrors.NameTaken(nameof(ReportTask), task.Name);
        }
    }

    /// <summary>Changes a task that is there. What another process changes at the same
    /// moment stays: then the change is made to that.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="task">The task as it was read.</param>
    /// <param name="changeAndPut">Changes the task that it is given and puts it into
    /// the store; it may be called again with another one.</param>
    public static void Update(IReportStore store, ReportTask task, Action<ReportTask> changeAndPut)
    {
        while (true)
        {
            try
            {
                changeAndPut(task);
                return;
            }
            catch (TaskChangedMeanwhileException)
            {
                task = store.FindTask(task.Id) ?? throw store.NoTask(task.Name);
            }
        }
    }

    /// <summary>The first due time at or after an instant; null when there is none or the task is disabled.</summary>
    public static DateTimeOffset? NextRunAt(ReportTask task, DateTimeOffset now) =>
        task.Enabled && task.State.PausedBecause is null ? TaskSchedule.Of(task)?.Next(now) : null;

    // a report whose datasets all have one may still need another
    private static string PartWithoutConnection(ReportTask task)
    {
        bool Lacks(ReportDataset dataset) => dataset.Script is null && task.ConnectionsOf(dataset).Any(string.IsNullOrWhiteSpace);
        return task.Datasets.All(Lacks) ? $"The task '{task.Name}'"
            : Array.Find(task.Datasets, Lacks) is { } dataset ? $"The dataset '{task.NameOf(dataset)}' of the task '{task.Name}'"
            : $"The query of -Recipients of the task '{task.Name}'";
    }

    private static void CheckReferences(IReportStore store, ReportTask task)
    {
        if (task.Connections().Any(string.IsNullOrWhiteSpace))
        {
            throw DefinitionErrors.ConnectionNeeded(task.Name, PartWithoutConnection(task));
        }

        foreach (var connection in task.Connections().Where(name => !NamePattern.IsPattern(name)))
        {
            store.ConnectionNamed(connection);
        }

        if (task.Theme is { } theme && !theme.Equals(StoreNames.NoTheme, StringComparison.OrdinalIgnoreCase))
        {
            store.ThemeNamed(theme);
        }

        if (task.MailServer is not null || task.HasRecipients)
        {
            var server = store.MailServerOf(task);
            task.MailServer ??= server.Name;
        }
        else if (task is { SplitBy: not null, Owner: not null, Unmatched: UnmatchedPolicy.Owner } && store.OnlyMailServer() is { } only)
        {
            // the owner of a split report that goes into folders may get a part by mail
            task.MailServer = only.Name;
        }
    }
}
