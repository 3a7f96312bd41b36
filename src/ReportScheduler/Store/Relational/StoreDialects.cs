namespace ReportScheduler.Store.Relational;

/// <summary>The kinds of databases a store can be in.</summary>
internal static class StoreDialects
{
    private static readonly IReadOnlyList<StoreDialect> All = [new PostgreSqlDialect(), new MariaDbDialect(), new SqlServerDialect()];

    public static string UsualScheme => All[0].Schemes[0];

    /// <summary>The dialect whose addresses begin so; null for none.</summary>
    public static StoreDialect? OfScheme(string scheme) =>
        All.FirstOrDefault(dialect => dialect.Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase));
}
