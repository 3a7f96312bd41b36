using ReportScheduler.Secrets;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;

namespace ReportScheduler.Hosting;

/// <summary>The files with secrets that a job opens its store with.</summary>
internal static class SecretFiles
{
    /// <summary>Full paths, as the address of the store and the file with the variables of the job name them.</summary>
    public static IEnumerable<string> Of(ReportScheduledTask registered)
    {
        var password = ReportStores.PasswordReferenceOf(registered.StorePath);
        string?[] files =
        [
            password is not null && SecretReference.IsFile(password) ? SecretReference.PathOf(password) : null,
            .. from pair in Variables(registered.EnvironmentFile) where pair.Key is StoreKey.FileVariable or "PGPASSFILE" select pair.Value,
        ];
        return files.OfType<string>().Where(Path.IsPathFullyQualified);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Variables(string? file)
    {
        try
        {
            return file is null ? [] : SecretReference.Read(file);
        }
        catch (ReportException)
        {
            // who only looks at a registration may not be let into it
            return [];
        }
    }
}
