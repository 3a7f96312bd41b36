using ReportScheduler.Secrets;

namespace ReportScheduler.Identities;

/// <summary>Gets tokens of one identity from whoever gives them.</summary>
internal interface ITokenSource
{
    /// <summary>A new token.</summary>
    /// <exception cref="ReportException">It was refused, or nobody answered.</exception>
    Task<IdentityToken> GetAsync(string scope, CancellationToken cancel);
}
