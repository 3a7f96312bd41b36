namespace ReportScheduler.Secrets;

/// <summary>What a store signs in with: the passwords that it keeps, values behind references, and tokens of its identities.</summary>
internal interface IStoreSecrets : ISecretProtector
{
    /// <summary>The value behind a reference <c>env:</c>, <c>file:</c> or <c>vault:</c>, read now and kept nowhere.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="envFile">A .env file in which variables are looked up after the environment; null for none.</param>
    /// <exception cref="ReportException">Nothing has it, or what has it cannot be read.</exception>
    string Resolve(string reference, string? envFile);

    /// <summary>The identity of a name.</summary>
    /// <exception cref="ReportException">There is none.</exception>
    ReportIdentity IdentityNamed(string name);

    /// <summary>A token of one of the store's identities that holds for some minutes yet. It is kept in memory
    /// only, and the next call gets a new one before it ends: ask again for every use.</summary>
    /// <param name="identity">The identity's name.</param>
    /// <param name="scope">What the token is for, such as <c>https://graph.microsoft.com/.default</c>.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ReportException">There is no such identity, or it does not get a
    /// token; IsTransient where trying later may help.</exception>
    Task<IdentityToken> GetTokenAsync(string identity, string scope, CancellationToken cancel);

    /// <summary>When the secret or certificate of an identity ends; null when nobody knows, and for those without one.</summary>
    /// <exception cref="ReportException">There is no such identity, or its certificate cannot be read.</exception>
    DateTimeOffset? EndOfSecret(string identity);

    /// <summary>Drops a token that a server refused, so that the next call gets another one.</summary>
    void ForgetToken(string identity, string scope);
}
