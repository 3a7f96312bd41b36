using System.Globalization;
using ReportScheduler.Secrets;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Definitions.Python;

/// <summary>The .env file of the Python tool: mail login and default databases.
/// Values stay in the file; definitions refer to them.</summary>
internal sealed class PythonEnvironment
{
    private static readonly Dictionary<string, string[]> UrlNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["postgresql"] = ["POSTGRESQL_DATABASE_URL", "POSTGRES_DATABASE_URL", "DATABASE_URL"],
        ["postgres"] = ["POSTGRESQL_DATABASE_URL", "POSTGRES_DATABASE_URL", "DATABASE_URL"],
    };

    private readonly string? path;
    private readonly Dictionary<string, string> values;

    /// <param name="path">The file; null for none.</param>
    /// <param name="warnings">Gets the lines that could not be read.</param>
    public PythonEnvironment(string? path, List<string> warnings)
    {
        this.path = path;
        var file = path is null ? new EnvFile([], []) : EnvFile.Read(path);
        warnings.AddRange(
            file.Skipped.Select(line => $"Line {line} of '{path}' is not of the form NAME=value and was left out, "
                + "as the Python tool does."));
        values = file.Entries.GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);
    }

    /// <summary>The mail server that the file describes; null when it names no host.</summary>
    public ReportMailServer? MailServer(IList<string> warnings)
    {
        var user = Name("SMTP_USER", "EMAIL_USER") is { } userName ? values[userName] : null;
        if (Name("SMTP_HOST") is not { } host)
        {
            if (user is not null)
            {
                warnings.Add("The .env file has a mail user but no SMTP_HOST. Make the mail server with New-ReportMailServer.");
            }

            return null;
        }

        var port = Name("SMTP_PORT") is { } portName && int.TryParse(values[portName], CultureInfo.InvariantCulture, out var number)
            ? number
            : 587;
        return new ReportMailServer
        {
            Name = values[host],
            SmtpHost = values[host],
            Port = port,
            Security = port == 465 ? MailSecurity.Tls : MailSecurity.Auto,
            UserName = user,
            From = user is not null && user.Contains('@', StringComparison.Ordinal) ? user : $"reports@{values[host]}",
            PasswordReference = Name("SMTP_PASSWORD", "EMAIL_PASSWORD") is { } password ? "env:" + password : null,
            EnvFile = path,
        };
    }

    /// <summary>A connection to the default database of a type, by reference; null when the file has none.</summary>
    public ReportConnection? Connection(string databaseType) =>
        Name(UrlNames.GetValueOrDefault(databaseType) ?? [$"{databaseType.ToUpperInvariant()}_DATABASE_URL", "DATABASE_URL"]) is { } name
        && ConnectionUrl.TryParse(values[name]) is { } url && DatabaseProviders.OfScheme(url.Scheme) is { } provider
            ? new ReportConnection { Name = name, Provider = provider.Name, ConnectionString = "env:" + name, EnvFile = path }
            : null;

    private string? Name(params string[] names) => names.FirstOrDefault(name => values.GetValueOrDefault(name) is { Length: > 0 });
}
