using System.Data.Common;
using Microsoft.Data.SqlClient;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>Connections that may sign in with a token, which SqlClient takes beside the connection string.</summary>
internal sealed class SqlServerSource(string connectionString, IdentityToken? token) : DbDataSource
{
    // the pool is that of the function
    private readonly Func<SqlAuthenticationParameters, CancellationToken, Task<SqlAuthenticationToken>>? give =
        token is null ? null : (_, _) => Task.FromResult(new SqlAuthenticationToken(token.Text, token.ExpiresAt));

    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => new SqlConnection(connectionString) { AccessTokenCallback = give };
}
