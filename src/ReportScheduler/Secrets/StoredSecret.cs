namespace ReportScheduler.Secrets;

/// <summary>A password or secret of a record: a reference to it, or the thing itself, protected.</summary>
internal static class StoredSecret
{
    /// <summary>Takes what a person gave apart.</summary>
    /// <param name="secrets">Protects it.</param>
    /// <param name="given">The secret, or a reference to it such as <c>env:NAME</c>.</param>
    /// <param name="fullPath">Makes the relative path of a <c>file:</c> a full one.</param>
    public static (string? Reference, string? Protected) Keep(this ISecretProtector secrets, string given, Func<string, string> fullPath) =>
        SecretReference.IsSecret(given) ? (SecretReference.WithFullPath(given, fullPath), null) : (null, secrets.Protect(given));

    /// <summary>The value behind what is kept; null for none. A reference comes before what is protected.</summary>
    /// <exception cref="ReportException">The reference has no value, or the key is not there.</exception>
    public static string? Reveal(this IStoreSecrets secrets, string? reference, string? kept, string? envFile) =>
        reference is not null ? secrets.Resolve(reference, envFile)
        : kept is not null ? secrets.Unprotect(kept)
        : null;
}
