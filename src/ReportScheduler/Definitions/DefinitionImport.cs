using ReportScheduler.Delivery.Mail;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Identities;
using ReportScheduler.Store;
using ReportScheduler.Text;

namespace ReportScheduler.Definitions;

/// <summary>Compares definitions with a store and says what has to change. What is the same is left alone.</summary>
/// <param name="store">The store.</param>
/// <param name="definitions">What the file has.</param>
/// <param name="disabled">Tasks that are made are disabled, and those that are there stay as they are in this.</param>
/// <param name="clock">Says what time it is.</param>
internal sealed class DefinitionImport(IReportStore store, ReportDefinitions definitions, bool disabled, TimeProvider clock)
{
    private static readonly string[] ScheduleMembers = ["cron", "every", "at", "startAt", "endAt", "timeZone", "enabled"];

    /// <param name="prune">Also remove what the file does not have: tasks, then mail servers, connections, identities and themes.</param>
    public IEnumerable<DefinitionChange> Changes(bool prune)
    {
        var (connections, servers, identities, themes, tasks) =
            (store.Connections.All(), store.MailServers.All(), store.Identities.All(), store.Themes.All(), store.GetTasks());
        var changes = definitions.Identities.Select(identity => Identity(identity, Find(identities, identity.Name, other => other.Name)))
            .Concat(definitions.Connections.Select(
                connection => Connection(connection, Find(connections, connection.Name, other => other.Name))))
            .Concat(definitions.MailServers.Select(server => MailServer(server, Find(servers, server.Name, other => other.Name))))
            .Concat(definitions.Themes.Select(theme => Theme(theme, Find(themes, theme.Name, other => other.Name))))
            .Concat(definitions.Tasks.Select(
                task => Task(task, Find(tasks, task.Name, other => other.Name) ?? tasks.FirstOrDefault(other => other.Id == task.Id))))
            .OfType<DefinitionChange>();
        if (!prune)
        {
            return changes;
        }

        return changes
            .Concat(Gone(tasks, definitions.Tasks, task => task.Name).Where(task => definitions.Tasks.All(kept => kept.Id != task.Id))
                .Select(task => Remove(DefinitionChange.Task, task.Name, () => store.RemoveTask(task.Id))))
            .Concat(Gone(servers, definitions.MailServers, server => server.Name)
                .Select(server => Remove(DefinitionChange.MailServer, server.Name, () => store.MailServers.Remove(server.Name))))
            .Concat(Gone(connections, definitions.Connections, connection => connection.Name)
                .Select(
                    connection => Remove(DefinitionChange.Connection, connection.Name, () => store.Connections.Remove(connection.Name))))
            .Concat(Gone(identities, definitions.Identities, identity => identity.Name)
                .Select(identity => Remove(DefinitionChange.Identity, identity.Name, () => store.Identities.Remove(identity.Name))))
            .Concat(Gone(themes, definitions.Themes, theme => theme.Name)
                // the theme of the store is in no file, and what goes by it stays
                .Where(theme => !theme.Name.Equals(store.GetOption().Theme, StringComparison.OrdinalIgnoreCase))
                .Select(theme => Remove(DefinitionChange.Theme, theme.Name, () => store.Themes.Remove(theme.Name))));
    }

    private static DefinitionChange Remove(string noun, string name, Action remove) =>
        new(ChangeKind.Remove, noun, name, [], () => { }, remove);

    private static T? Find<T>(IEnumerable<T> items, string name, Func<T, string> nameOf) =>
        items.FirstOrDefault(item => nameOf(item).Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<T> Gone<T>(IEnumerable<T> present, IReadOnlyList<T> kept, Func<T, string> nameOf) =>
        present.Where(item => Find(kept, nameOf(item), nameOf) is null);

    private static DefinitionChange Put<T>(string noun, string name, T? before, T after, Action check, Action apply)
        where T : class, new() =>
        before is null
            ? new DefinitionChange(ChangeKind.Make, noun, name, [], check, apply)
            : new DefinitionChange(ChangeKind.Change, noun, name, DefinitionJson.Differences(before, after), check, apply);

    private DefinitionChange? Connection(ReportConnection wanted, ReportConnection? present)
    {
        var password = definitions.Passwords.GetValueOrDefault(wanted.Name);
        if (present?.ProtectedPassword is { } kept && password is null
            && (wanted.PasswordReference is null || wanted.PasswordReference == DefinitionFile.ReferenceFor(wanted.Name)))
        {
            (wanted.PasswordReference, wanted.ProtectedPassword) = (null, kept);
        }

        var isSame = present is not null && DefinitionJson.Differences(present, wanted).Count == 0
            && (password is null || (present.ProtectedPassword is { } old && store.Secrets.Unprotect(old) == password));
        return isSame ? null : Put(DefinitionChange.Connection, wanted.Name, present, wanted, () => ReportName.Check(wanted.Name), () =>
        {
            wanted.ProtectedPassword = password is null ? wanted.ProtectedPassword : store.Secrets.Protect(password);
            store.Connections.Put(wanted, PutMode.Replace);
        });
    }

    private DefinitionChange? Identity(ReportIdentity wanted, ReportIdentity? present)
    {
        if (present?.ProtectedSecret is { } kept
            && (wanted.SecretReference is null || wanted.SecretReference == DefinitionFile.SecretReferenceFor(wanted.Name)))
        {
            (wanted.SecretReference, wanted.ProtectedSecret) = (null, kept);
        }

        return present is not null && DefinitionJson.Differences(present, wanted).Count == 0 ? null : Put(
            DefinitionChange.Identity,
            wanted.Name,
            present,
            wanted,
            () =>
            {
                ReportName.Check(wanted.Name);
                IdentityRules.Check(wanted);
            },
            () => store.Identities.Put(wanted, PutMode.Replace));
    }

    private DefinitionChange? Theme(ReportTheme wanted, ReportTheme? present) =>
        present is not null && DefinitionJson.Differences(present, wanted).Count == 0 ? null : Put(
            DefinitionChange.Theme,
            wanted.Name,
            present,
            wanted,
            () => ThemeRules.Check(wanted),
            () => store.Themes.Put(wanted, PutMode.Replace));

    private DefinitionChange? MailServer(ReportMailServer wanted, ReportMailServer? present)
    {
        if (present?.ProtectedPassword is { } kept
            && (wanted.PasswordReference is null || wanted.PasswordReference == DefinitionFile.ReferenceFor(wanted.Name)))
        {
            (wanted.PasswordReference, wanted.ProtectedPassword) = (null, kept);
        }

        return present is not null && DefinitionJson.Differences(present, wanted).Count == 0 ? null : Put(
            DefinitionChange.MailServer,
            wanted.Name,
            present,
            wanted,
            () =>
            {
                ReportName.Check(wanted.Name);
                MailAddresses.Check(wanted.From);
            },
            () => store.MailServers.Put(wanted, PutMode.Replace));
    }

    private DefinitionChange? Task(ReportTask wanted, ReportTask? present)
    {
        if (present is not null)
        {
            // The history hangs on the id.
            wanted.Id = present.Id;
            wanted.CreatedAt = wanted.CreatedAt == default || wanted.CreatedAt == DateTimeOffset.UnixEpoch
                ? present.CreatedAt
                : wanted.CreatedAt;
            (wanted.State, wanted.Revision) = (present.State, present.Revision);
        }

        if (wanted.MailServer is null && wanted.HasRecipients)
        {
            // a file of the Python tool has no name for it: what a person gave the task stays, and the only one there is serves
            wanted.MailServer = present?.MailServer ?? store.OnlyMailServer()?.Name;
        }

        wanted.Enabled = disabled ? present is { Enabled: true } : wanted.Enabled;
        wanted.Id = wanted.Id.Length > 0 ? wanted.Id : Guid.NewGuid().ToString("n");
        var differences = present is null ? ScheduleMembers : DefinitionJson.Differences(present, wanted);
        return differences.Count == 0 ? null : Put(DefinitionChange.Task, wanted.Name, present, wanted, () => Check(wanted), () =>
        {
            var isRescheduled = differences.Any(ScheduleMembers.Contains);
            store.PutTask(wanted, present is null ? PutMode.Add : PutMode.Update,
                isRescheduled ? TaskDefinition.NextRunAt(wanted, clock.GetUtcNow()) : present!.State.NextRunAt,
                keepsNext: !isRescheduled);
        });
    }

    private void Check(ReportTask task)
    {
        string? ProviderOf(string name) =>
            Find(definitions.Connections, name, connection => connection.Name)?.Provider ?? store.ProviderOf(name);
        TaskRules.Check(task, ProviderOf);
        if (task.Connections()
            .FirstOrDefault(connection => !NamePattern.IsPattern(connection) && ProviderOf(connection) is null) is { } missing)
        {
            throw StoreErrors.ConnectionNotFound(missing,
                definitions.Connections.Concat(store.Connections.All()).Select(connection => connection.Name));
        }

        if (task.Theme is { } theme && !theme.Equals(StoreNames.NoTheme, StringComparison.OrdinalIgnoreCase)
            && Find(definitions.Themes, theme, other => other.Name) is null && store.Themes.Find(theme) is null)
        {
            throw StoreErrors.ThemeNotFound(theme, definitions.Themes.Concat(store.Themes.All()).Select(other => other.Name));
        }

        if (task.MailServer is { } server && Find(definitions.MailServers, server, other => other.Name) is null
            && store.MailServers.Find(server) is null)
        {
            throw StoreErrors.MailServerNotFound(server,
                definitions.MailServers.Concat(store.MailServers.All()).Select(other => other.Name));
        }
    }
}
