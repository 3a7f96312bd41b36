using ReportScheduler.Secrets;
using ReportScheduler.Store;

namespace ReportScheduler.Hosting;

/// <summary>Finds references env:NAME to variables that the shell that registers may have and the job that systemd or cron starts has not.</summary>
internal static class JobVariables
{
    /// <returns>One line for each connection and mail server of the tasks that would miss a variable; none for the Task Scheduler.</returns>
    public static string[] Missing(ReportScheduledTask registered, IReadOnlyCollection<ReportTask> tasks, IReportStore store)
    {
        if (registered.System == HostingSystem.TaskScheduler)
        {
            return [];
        }

        var references = References(tasks, store).Where(reference => !Has(reference.EnvFile, reference.Variable)).ToList();
        var given = references.Count == 0 ? [] : Given(registered);
        return [.. references.Where(reference => !given.Contains(reference.Variable)).Select(reference =>
            $"{reference.Who} reads env:{reference.Variable}, and {(registered.System == HostingSystem.Cron
                ? $"cron does not give the job the variables of this shell. Put {reference.Variable}=... into a file and give it with {reference.Remedy} -EnvFile, or into a line of the crontab."
                : $"systemd does not give the job the variables of this shell. Put {reference.Variable}=... into a file and register with -EnvironmentFile.")}")];
    }

    private static IEnumerable<(string Who, string Variable, string? EnvFile, string Remedy)> References(IReadOnlyCollection<ReportTask> tasks, IReportStore store)
    {
        foreach (var connection in store.GetConnections().Where(each => tasks.Any(task => task.Connections().Contains(each.Name, StringComparer.OrdinalIgnoreCase))))
        {
            foreach (var text in new[] { connection.ConnectionString, connection.PasswordReference }.OfType<string>().Where(SecretReference.IsReference))
            {
                yield return ($"The report connection '{connection.Name}'", SecretReference.VariableOf(text), connection.EnvFile, "Set-ReportConnection");
            }
        }

        foreach (var server in store.GetMailServers().Where(each => each.PasswordReference is not null && tasks.Any(task =>
            task.HasRecipients && (task.MailServer ?? each.Name).Equals(each.Name, StringComparison.OrdinalIgnoreCase))))
        {
            yield return ($"The report mail server '{server.Name}'", SecretReference.VariableOf(server.PasswordReference!), server.EnvFile, "Set-ReportMailServer");
        }
    }

    private static bool Has(string? envFile, string variable)
    {
        try
        {
            return envFile is not null && SecretReference.Read(envFile).Any(pair => pair.Key == variable);
        }
        catch (ReportException)
        {
            // a file that cannot be read gives nothing
            return false;
        }
    }

    private static string[] Given(ReportScheduledTask registered) => registered.System == HostingSystem.Cron ? Crontab.Variables()
        : [.. Systemd.Variables(registered), .. registered.EnvironmentFile is { } file ? SecretReference.Read(file).Select(pair => pair.Key) : []];
}
