using ReportScheduler.Sources.Providers;
using ReportScheduler.Sources.Providers.MySql;
using ReportScheduler.Sources.Providers.Odbc;
using ReportScheduler.Sources.Providers.PostgreSql;
using ReportScheduler.Sources.Providers.Sqlite;
using ReportScheduler.Sources.Providers.SqlServer;

namespace ReportScheduler.Sources;

/// <summary>The kinds of databases that there are. A new one is a line here.</summary>
internal static class DatabaseProviders
{
    /// <summary>In the order in which they are offered. The first is meant where only a server is named.</summary>
    public static IReadOnlyList<DatabaseProvider> All { get; private set; } =
    [
        new SqlServerProvider(),
        new PostgreSqlProvider(),
        new MySqlProvider(),
        new SqliteProvider(),
        new OdbcProvider(),
    ];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Select(provider => provider.Name);

    /// <summary>The provider of that name, or of that alias, without regard to case; null for none.</summary>
    public static DatabaseProvider? Find(string name) =>
        All.FirstOrDefault(provider => IsSame(provider.Name, name))
            ?? All.FirstOrDefault(provider => provider.Aliases.Any(alias => IsSame(alias, name)));

    /// <summary>The provider of that name or alias.</summary>
    /// <exception cref="ReportException">There is none.</exception>
    public static DatabaseProvider Named(string name) => Find(name) ?? throw SourceErrors.ProviderUnknown(name, Names);

    /// <summary>The provider of a URL's scheme; null for a scheme that is not known.</summary>
    public static DatabaseProvider? OfScheme(string scheme) =>
        All.FirstOrDefault(provider => provider.Schemes.Any(known => IsSame(known, scheme)));

    /// <summary>Adds one for as long as the result is not disposed of: what a build of the module's own does with a line above.</summary>
    internal static IDisposable Add(DatabaseProvider provider)
    {
        All = [.. All, provider];
        return new Added(provider);
    }

    private static bool IsSame(string left, string right) => left.Equals(right.Trim(), StringComparison.OrdinalIgnoreCase);

    private sealed class Added(DatabaseProvider provider) : IDisposable
    {
        public void Dispose() => All = [.. All.Where(other => other != provider)];
    }
}
