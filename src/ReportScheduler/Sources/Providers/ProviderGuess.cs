namespace ReportScheduler.Sources.Providers;

/// <summary>Tells a provider from the keys of a connection string that the clients of the others do not know.</summary>
internal static class ProviderGuess
{
    // Npgsql takes it and does nothing with it
    private const string OfSqlServer = "TrustServerCertificate";

    /// <returns>The only provider whose client takes all the keys with their values; null where several do, or none.</returns>
    public static ReportProvider? Of(IEnumerable<(string Key, string Value)> settings)
    {
        var known = settings.ToList();
        var takers = known.Count == 0 ? [] : Enum.GetValues<ReportProvider>().Where(provider => known.All(setting => Takes(provider, setting))).ToArray();
        return takers is [var only] ? only : null;
    }

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
