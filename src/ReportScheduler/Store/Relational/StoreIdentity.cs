using ReportScheduler.Identities;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>What the address of a store signs in as in place of a password: what the machine offers, as a report identity that would
/// have to be kept in the store is of no use to open it.</summary>
internal sealed class StoreIdentity(ReportIdentityKind kind, string? clientId, string scope)
{
    public const string Option = "identity";
    public const string ClientOption = "clientid";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ReportIdentityKind[] Kinds =
        [ReportIdentityKind.ManagedIdentity, ReportIdentityKind.WorkloadIdentity, ReportIdentityKind.AzureDefault];

    private readonly ReportIdentity identity = new() { Name = $"{Option}={kind}", Kind = kind, ClientId = clientId };

    /// <param name="parts">The address.</param>
    /// <param name="provider">The kind of database, as connections name it.</param>
    /// <returns>Null for an address without one.</returns>
    /// <exception cref="FormatException">It is none that a machine offers.</exception>
    public static StoreIdentity? Of(AddressParts parts, string provider)
    {
        if (parts.Option(Option) is not { } given)
        {
            return parts.Option(ClientOption) is null ? null : throw new FormatException($"'{ClientOption}' belongs to '{Option}'");
        }

        var at = Array.FindIndex(Kinds, kind => given.Equals($"{kind}", StringComparison.OrdinalIgnoreCase));
        return at < 0
            ? throw new FormatException($"'{given}' is not a value of {Option}; there are {string.Join(", ", Kinds)}")
            : new StoreIdentity(Kinds[at], parts.Option(ClientOption), IdentityUses.Database(provider, parts.Host));
    }

    /// <summary>A token that holds for some minutes at least.</summary>
    /// <exception cref="ReportException">There is none.</exception>
    public IdentityToken Token()
    {
        using var patience = new CancellationTokenSource(Patience);
        return TokenCache.Shared.GetAsync(Key, stop => TokenSources.Of(identity, null).GetAsync(scope, stop), patience.Token)
            .GetAwaiter().GetResult();
    }

    /// <summary>Drops the token, which was refused.</summary>
    public void Forget() => TokenCache.Shared.Forget(Key);

    private string Key => IdentityKey.Of(identity, scope);
}
