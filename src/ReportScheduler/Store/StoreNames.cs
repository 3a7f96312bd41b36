namespace ReportScheduler.Store;

/// <summary>Finds what has to be there; the error of a name that nobody has says which one was perhaps meant.</summary>
internal static class StoreNames
{
    /// <summary>What a task says that wants no theme.</summary>
    public const string NoTheme = "None";

    /// <exception cref="ReportException">There is no task of that name or id.</exception>
    public static ReportTask TaskNamed(this IReportStore store, string name) => store.FindTask(name) ?? throw store.NoTask(name);

    /// <summary>The kind of database behind a connection; null when there is none of that name.</summary>
    public static string? ProviderOf(this IReportStore store, string? connection) =>
        string.IsNullOrEmpty(connection) ? null : store.Connections.Find(connection)?.Provider;

    /// <exception cref="ReportException">There is no connection of that name.</exception>
    public static ReportConnection ConnectionNamed(this IReportStore store, string name) =>
        store.Connections.Find(name) ?? throw StoreErrors.ConnectionNotFound(name, store.Connections.All().Select(other => other.Name));

    /// <exception cref="ReportException">There is no mail server of that name.</exception>
    public static ReportMailServer MailServerNamed(this IReportStore store, string name) =>
        store.MailServers.Find(name) ?? throw StoreErrors.MailServerNotFound(name, store.MailServers.All().Select(other => other.Name));

    /// <summary>The mail server of a task: the one that it names, else the only one there is.</summary>
    /// <exception cref="ReportException">There is none of that name; or the task names none, and there is not exactly one.</exception>
    public static ReportMailServer MailServerOf(this IReportStore store, ReportTask task) =>
        task.MailServer is { } name ? store.MailServerNamed(name)
            : store.OnlyMailServer()
                ?? throw StoreErrors.MailServerNeeded(task.Name, [.. store.MailServers.All().Select(server => server.Name)]);

    /// <summary>The mail server that serves without being named; null where there is none, or more than one.</summary>
    public static ReportMailServer? OnlyMailServer(this IReportStore store) => store.MailServers.All() is [var only] ? only : null;

    /// <exception cref="ReportException">There is no identity of that name.</exception>
    public static ReportIdentity IdentityNamed(this IReportStore store, string name) =>
        store.Identities.Find(name) ?? throw StoreErrors.IdentityNotFound(name, store.Identities.All().Select(other => other.Name));

    /// <exception cref="ReportException">There is no theme of that name.</exception>
    public static ReportTheme ThemeNamed(this IReportStore store, string name) =>
        store.Themes.Find(name) ?? throw StoreErrors.ThemeNotFound(name, store.Themes.All().Select(other => other.Name));

    /// <summary>The name of the theme of a report: the task's, then that of the store; null for none.</summary>
    public static string? ThemeNameOf(this IReportStore store, ReportTask task) =>
        (task.Theme ?? store.GetOption().Theme) is { } name && !name.Equals(NoTheme, StringComparison.OrdinalIgnoreCase) ? name : null;

    /// <summary>The error of a task that is not there.</summary>
    public static ReportException NoTask(this IReportStore store, string name) => store.GetTasks() is { Count: > 0 } tasks
        ? StoreErrors.TaskNotFound(name, tasks.Select(other => other.Name))
        : StoreErrors.TaskNotInEmptyStore(name, store.Address);
}
