using System.Management.Automation;
using ReportScheduler.Secrets;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Commands;

/// <summary>The parameters that define a report connection.</summary>
public abstract class ConnectionDefinitionCommand : ReportCommand
{
    /// <summary>The kind of database: SqlServer, PostgreSql, MySql (MariaDB as well), Sqlite, or Odbc for
    /// every other one that has an ODBC driver on this computer. A URL includes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ProviderTransformation]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>User name and password. They win over those in the connection string.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Where the password is when the task runs: env:NAME, an environment variable or an entry of -EnvFile;
    /// file:PATH, a file that other accounts cannot read, or the name of a credential of systemd;
    /// vault:VAULT/NAME, a secret of SecretManagement, or vault:NAME for its default vault.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretReferenceForm]
    [ArgumentCompleter(typeof(SecretReferenceCompleter))]
    public string? PasswordReference { get; set; }

    /// <summary>The report identity that signs in with a token, in place of a password; an empty text removes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(IdentityNameCompleter))]
    public string? Identity { get; set; }

    /// <summary>A .env file in which env:NAME is looked up after the environment.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EnvFile { get; set; }

    /// <summary>SQL that is run in each new session before the query, such as 'SET LOCK_TIMEOUT 5000'; an
    /// empty text removes it. It is kept as it is: no place for a secret.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? InitSql { get; set; }

    /// <summary>How many reports of the store may use its server at once on this computer, or with a store in a database on all
    /// machines; 0 for any number. The others wait, and their time limit does not run meanwhile; a runner makes other reports
    /// then.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(int?))]
    [OptionalRange(0, 1000)]
    public int? MaxConcurrent { get; set; }

    /// <summary>Trusts the server's certificate whoever issued it, as a new SQL Server has a self-signed one. The
    /// connection is encrypted, but an attacker on the network could pose as the server.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter TrustServerCertificate { get; set; }

    /// <summary>Whether it may only read; null to leave that as it is.</summary>
    private protected abstract bool? IsReadOnly { get; }

    /// <summary>Gives the connection the values of the parameters that were given, and no others.</summary>
    private protected void Apply(ReportConnection connection, string? connectionString)
    {
        if (connectionString is not null)
        {
            Take(connection, ConnectionDefinition.Parse(connection.Name, Provider, connectionString, FullPath));
        }

        ApplyRest(connection);
    }

    /// <summary>Gives the connection what was taken apart.</summary>
    private protected void Take(ReportConnection connection, ConnectionDefinition parsed)
    {
        parsed.ApplyTo(connection, Store.Secrets, FullPath);
        if (parsed.Warning is { } warning)
        {
            WriteWarning(warning);
        }
    }

    /// <summary>Gives the connection what stands beside its string.</summary>
    private protected void ApplyRest(ReportConnection connection)
    {
        if (Credential is { } credential)
        {
            connection.UserName = credential.UserName;
            (connection.PasswordReference,
                connection.ProtectedPassword) = Store.Secrets.Keep(credential.GetNetworkCredential().Password, FullPath);
        }

        if (!string.IsNullOrWhiteSpace(PasswordReference))
        {
            connection.PasswordReference = SecretReference.WithFullPath(PasswordReference, FullPath);
            connection.ProtectedPassword = null;
        }

        connection.Identity = GivenIdentity(Identity, connection.Identity);
        if (TrustServerCertificate)
        {
            connection.ConnectionString =
                ConnectionDefinition.TrustingServer(connection.Name, connection.Provider, connection.ConnectionString);
        }

        connection.ReadOnly = IsReadOnly ?? connection.ReadOnly;
        ConnectionDefinition.CheckReadOnly(connection);

        if (MaxConcurrent is { } most)
        {
            connection.MaxConcurrent = most == 0 ? null : most;
        }

        if (IsTyped(nameof(InitSql)) || !string.IsNullOrWhiteSpace(InitSql))
        {
            connection.InitSql = string.IsNullOrWhiteSpace(InitSql) ? null : InitSql;
            SqlText.CheckNul(nameof(InitSql), connection.InitSql ?? "");
        }

        connection.EnvFile = string.IsNullOrWhiteSpace(EnvFile) ? connection.EnvFile : FullPath(EnvFile);
    }
}
