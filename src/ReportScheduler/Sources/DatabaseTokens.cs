using ReportScheduler.Identities;
using ReportScheduler.Secrets;
using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Sources;

/// <summary>Tokens of the identity that a connection signs in with.</summary>
internal sealed class DatabaseTokens(string identity, string scope, IStoreSecrets secrets)
{
    /// <returns>Null for a connection without an identity.</returns>
    /// <param name="source">The connection.</param>
    /// <param name="connectionString">Its string, references resolved.</param>
    /// <param name="secrets">Where tokens come from.</param>
    public static DatabaseTokens? Of(ReportConnection source, string connectionString, IStoreSecrets secrets) =>
        source.Identity is { } identity
            ? new DatabaseTokens(identity, IdentityUses.Database(source.Provider, connectionString), secrets)
            : null;

    /// <summary>The request with a token in place of a password. The token is asked for now, so that
    /// what is wrong with it is not said by a client in its own way.</summary>
    /// <param name="request">What a session is opened with.</param>
    /// <param name="provider">The kind of database.</param>
    /// <param name="connection">The connection's name, for messages.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ReportException">The identity gets none, or the database takes none.</exception>
    public SessionRequest SignIn(SessionRequest request, DatabaseProvider provider, string connection, CancellationToken cancel)
    {
        if (provider.Tokens == TokenUse.None)
        {
            throw ProviderErrors.IdentityNotTaken(connection, provider.Title);
        }

        var token = Get(cancel).GetAwaiter().GetResult();
        return provider.Tokens == TokenUse.Login
            ? request with { User = null, Password = null, Token = Get }
            : request with { Password = token.Text, IsToken = true };
    }

    /// <summary>The error of a token that the database refused, which is not used again; null for another problem.</summary>
    public ReportException? Refused(Exception problem, DatabaseProvider provider, string server)
    {
        if (provider.ConnectFault(problem) != DatabaseFault.LoginRefused)
        {
            return null;
        }

        secrets.ForgetToken(identity, scope);
        return ProviderErrors.TokenLoginRefused(server, identity, problem);
    }

    private Task<IdentityToken> Get(CancellationToken cancel) => secrets.GetTokenAsync(identity, scope, cancel);
}
