using ReportScheduler.Runs;
using ReportScheduler.Secrets;
using ReportScheduler.Store;

namespace ReportScheduler.Hosting;

/// <summary>Finds references env:NAME to variables that the shell that registers may have and the job that the system starts has not.</summary>
internal static class JobVariables
{
    /// <returns>One line for each connection, mail server and identity of the tasks that would miss a variable; none for a system that gives them.</returns>
    public static string[] Missing(ReportScheduledTask registered, IReadOnlyCollection<ReportTask> tasks, IReportStore store)
    {
        var system = SystemSchedulers.Of(registered.System);
        var references = References(tasks, store).Concat(OfIdentities(tasks, store)).Where(reference => !Has(reference.EnvFile, reference.Variable)).ToList();
        string[] given = references.Count == 0 ? [] : [.. system.Variables(registered)];
        return [.. from reference in references
            where !given.Contains(reference.Variable)
            let why = system.WhyVariableIsMissing(reference.Variable, reference.Remedy)
            where why is not null
            select $"{reference.Who} reads env:{reference.Variable}, and {why}"];
    }

    private static IEnumerable<(string Who, string Variable, string? EnvFile, string Remedy)> References(IReadOnlyCollection<ReportTask> tasks, IReportStore store)
    {
        foreach (var connection in store.Connections.All().Where(each => tasks.Any(task => task.Reads(each.Name))))
        {
            foreach (var text in new[] { connection.ConnectionString, connection.PasswordReference }.OfType<string>().Where(SecretReference.IsVariable))
            {
                yield return ($"The report connection '{connection.Name}'", SecretReference.VariableOf(text), connection.EnvFile, "Set-ReportConnection");
            }
        }

        foreach (var server in store.MailServers.All().Where(each => each.PasswordReference is { } reference && SecretReference.IsVariable(reference) && tasks.Any(task =>
            task.HasRecipients && (task.MailServer ?? each.Name).Equals(each.Name, StringComparison.OrdinalIgnoreCase))))
        {
            yield return ($"The report mail server '{server.Name}'", SecretReference.VariableOf(server.PasswordReference!), server.EnvFile, "Set-ReportMailServer");
        }
    }

    private static IEnumerable<(string Who, string Variable, string? EnvFile, string Remedy)> OfIdentities(IReadOnlyCollection<ReportTask> tasks, IReportStore store) =>
        from name in tasks.SelectMany(task => new TaskIdentities(task, store).Names).Distinct(StringComparer.OrdinalIgnoreCase)
        let identity = store.Identities.Find(name)
        where identity?.SecretReference is { } reference && SecretReference.IsVariable(reference)
        select ($"The report identity '{identity.Name}'", SecretReference.VariableOf(identity.SecretReference!), identity.EnvFile, "Set-ReportIdentity");

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
}
