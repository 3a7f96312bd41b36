namespace ReportScheduler.Identities;

/// <summary>The source of an identity's tokens, by its kind. The libraries of each are loaded by its first use only.</summary>
internal static class TokenSources
{
    /// <param name="identity">The identity.</param>
    /// <param name="secret">Its secret, or the password of its certificate's file; null for none.</param>
    public static ITokenSource Of(ReportIdentity identity, string? secret) => identity.Kind switch
    {
        ReportIdentityKind.GoogleServiceAccount => new GoogleTokens(identity),
        _ => new EntraTokens(identity, secret),
    };
}
