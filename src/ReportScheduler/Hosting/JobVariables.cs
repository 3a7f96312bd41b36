using ReportScheduler.Runs;
using ReportScheduler.Secrets;
using ReportScheduler.Store;
using ReportScheduler.Stores;

namespace ReportScheduler.Hosting;

/// <summary>Finds references env:NAME to variables that the shell that registers may
/// have and the job that the system starts has not.</summary>
internal static class JobVariables
{
    /// <returns>One line for each connection, mail server and identity of the tasks that
    /// would miss a variable; none for a system that gives them.</returns>
    public static string[] Missing(ReportScheduledTask registered, IReadOnlyCollection<ReportTask> tasks, IReportStore store)
    {
        var system = SystemSchedulers.Of(registered.System);
        var references = References(tasks, store).Where(reference => !Has(reference.EnvFile, reference.Variable)).ToList();
        string[] given = references.Count == 0 ? [] : [.. system.Variables(registered)];
        return [.. from reference in references
            where !given.Contains(reference.Variable)
            let why = system.WhyVariableIsMissing(reference.Variable, reference.Remedy)
            where why is not null
            select $"{reference.Who} reads env:{reference.Variable}, and {why}"];
    }

    /// <summary>Whether a secret of the tasks is in a vault, which may be open in the
    /// session of who registers and locked for a job.</summary>
    public static bool AreInVault(IReadOnlyCollection<ReportTask> tasks, IReportStore store) =>
        Secrets(tasks, store).Any(secret => secret.Text is { } text && SecretReference.IsOfVault(text));

    private static IEnumerable<(string Who, string Variable, string? EnvFile, string? Remedy)> References(
        IReadOnlyCollection<ReportTask> tasks, IReportStore store) =>
        from reference in Secrets(tasks, store)
        where reference.Text is not null && SecretReference.IsVariable(reference.Text)
        select (reference.Who, SecretReference.VariableOf(reference.Text!), reference.EnvFile, reference.Remedy);

    /// <summary>Every place where a connection, a mail server or an identity of the tasks may have a reference.</summary>
    private static IEnumerable<(string Who, string? Text, string? EnvFile, string? Remedy)> Secrets(IReadOnlyCollection<ReportTask> tasks,
        IReportStore store)
    {
        yield return ("The address of the store", ReportStores.PasswordReferenceOf(store.Address), null, null);
        yield return ("The store", ReportStores.KeyReferenceOf(store.Address), null, null);
        foreach (var variable in ReportStores.PasswordVariablesOf(store.Address))
        {
            yield return ("The store", $"env:{variable}", null, null);
        }

        foreach (var connection in store.Connections.All().Where(each => tasks.Any(task => task.Reads(each.Name))))
        {
            var who = $"The report connection '{connection.Name}'";
            yield return (who, connection.ConnectionString, connection.EnvFile, "Set-ReportConnection");
            yield return (who, connection.PasswordReference, connection.EnvFile, "Set-ReportConnection");
        }

        var only = store.OnlyMailServer()?.Name;
        foreach (var server in store.MailServers.All().Where(each => tasks.Any(task =>
            task.HasRecipients && each.Name.Equals(task.MailServer ?? only, StringComparison.OrdinalIgnoreCase))))
        {
            var who = $"The report mail server '{server.Name}'";
            yield return (who, server.PasswordReference, server.EnvFile, "Set-ReportMailServer");
            yield return (who, server.CertificatePasswordReference, server.EnvFile, "Set-ReportMailServer");
        }

        foreach (var identity in tasks.SelectMany(task => new TaskIdentities(task, store).Names).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(store.Identities.Find).OfType<ReportIdentity>())
        {
            yield return ($"The report identity '{identity.Name}'", identity.SecretReference, identity.EnvFile, "Set-ReportIdentity");
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
}
