using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Sources;

/// <summary>Tells a provider from the keys of a connection string that the clients of the others do not know.</summary>
internal static class ProviderGuess
{
    /// <returns>The only provider whose client takes all the keys with their values; null where several do, or none.</returns>
    public static DatabaseProvider? Of(IEnumerable<(string Key, string Value)> settings)
    {
        var known = settings.ToList();
        return DatabaseProviders.All.FirstOrDefault(
            provider => known.Exists(setting => IsServer(setting.Key) && provider.IsOwnAddress(setting.Value)))
            ?? DatabaseProviders.All.FirstOrDefault(
                provider => known.Exists(setting => provider.UsualPort is { } port && Port(setting) == $"{port}"))
            ?? (known.Count > 0 && DatabaseProviders.All
                .Where(provider => known.TrueForAll(setting => provider.Takes(setting.Key, setting.Value)))
                .ToArray() is [var only] ? only : null);
    }

    /// <summary>The port as the key for it has it, or as it stands behind the colon of a server.</summary>
    private static string? Port((string Key, string Value) setting) =>
        setting.Key.Equals("Port", StringComparison.OrdinalIgnoreCase) ? setting.Value.Trim()
        : (IsServer(setting.Key) || setting.Key.Equals("Host", StringComparison.OrdinalIgnoreCase))
            && setting.Value.LastIndexOf(':') is var colon and > 0 ? setting.Value[(colon + 1)..].Trim()
        : null;

    private static bool IsServer(string key) =>
        key.Equals("Server", StringComparison.OrdinalIgnoreCase) || key.Equals("Data Source", StringComparison.OrdinalIgnoreCase);
}
