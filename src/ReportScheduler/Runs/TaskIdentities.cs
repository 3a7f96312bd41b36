using ReportScheduler.Identities;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The identities that a task signs in with: those of its connections and of its mail server.</summary>
internal sealed class TaskIdentities(ReportTask task, IReportStore store)
{
    /// <summary>The names, each once.</summary>
    public IReadOnlyList<string> Names { get; } =
    [
        .. store.Connections.All().Where(connection => task.Reads(connection.Name)).Select(connection => connection.Identity)
            .Append(task.HasRecipients
                ? (task.MailServer is { } server ? store.MailServers.Find(server) : store.OnlyMailServer())?.Identity
                : null)
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Private keys that other accounts can read.</summary>
    public IEnumerable<string> OpenKeys() =>
        Names.Select(store.Identities.Find).OfType<ReportIdentity>().Select(KeyFile.Warning).OfType<string>();

    /// <summary>What ends within 30 days. A secret that cannot be read is the business of whoever signs in with it.</summary>
    public IEnumerable<string> Warnings(DateTimeOffset now)
    {
        foreach (var name in Names)
        {
            DateTimeOffset? end;
            try
            {
                end = store.Secrets.EndOfSecret(name);
            }
            catch (ReportException)
            {
                continue;
            }

            if (SecretEnd.Warning(name, end, now) is { } warning)
            {
                yield return warning;
            }
        }
    }
}
