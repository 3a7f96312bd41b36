namespace ReportScheduler.Sources.Providers;

/// <summary>Tells a provider from the keys of a connection string that the clients of the others do not know.</summary>
internal static class ProviderGuess
{
    // Npgsql takes it and does nothing with it
    private const string OfSqlServer = "TrustServerCertificate";

    /// <summary>How only the addresses of SQL Server begin.</summary>
    private static readonly string[] OfSqlServerOnly = ["tcp:", "np:", "admin:", "lpc:"];

    /// <summary>Whether it is the name of a server of LocalDB, as <c>(localdb)\MSSQLLocalDB</c>.</summary>
    public static bool IsLocalDb(string server) => server.StartsWith("(localdb)", StringComparison.OrdinalIgnoreCase);

    /// <returns>The only provider whose client takes all the keys with their values; null where several do, or none.</returns>
    public static ReportProvider? Of(IEnumerable<(string Key, string Value)> settings)
    {
        var known = settings.ToList();
        if (known.Exists(setting => IsServer(setting.Key) && (IsLocalDb(setting.Value) || OfSqlServerOnly.Any(start => setting.Value.StartsWith(start, StringComparison.OrdinalIgnoreCase)))))
        {
            return ReportProvider.SqlServer;
        }

        var takers = known.Count == 0 ? [] : Enum.GetValues<ReportProvider>().Where(provider => known.All(setting => Takes(provider, setting))).ToArray();
        return takers is [var only] ? only : null;
    }

    private static bool IsServer(string key) =>
        key.Equals("Server", StringComparison.OrdinalIgnoreCase) || key.Equals("Data Source", StringComparison.OrdinalIgnoreCase);

    private static bool Takes(ReportProvider provider, (string Key, string Value) setting)
    {
        if (provider == ReportProvider.PostgreSql && setting.Key.Replace(" ", "", StringComparison.Ordinal).Equals(OfSqlServer, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            DatabaseClient.Builder(provider)[setting.Key] = setting.Value;
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException or NotSupportedException)
        {
            return false;
        }
    }
}
