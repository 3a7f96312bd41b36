using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources;

/// <summary>The built module signs in to databases with tokens of a service on loopback; what
/// goes over the wire to SQL Server is checked at the responder.</summary>
public sealed class TokenDatabaseTests : IDisposable
{
    private const string Run = "$null = New-ReportTask t sql -Query 'SELECT 1 AS v' -Format Csv; "
        + "$run = Invoke-ReportTask t -ErrorAction SilentlyContinue; \"$($run.Outcome)|$($run.ErrorId)|$($run.Error)\"";

    private readonly TrustingHost host = new();
    private readonly TdsResponder responder;

    private readonly PostgreSqlServer postgres;
    private readonly MariaDbServer mariaDb;

    public TokenDatabaseTests(PostgreSqlServer postgres, MariaDbServer mariaDb)
    {
        (this.postgres, this.mariaDb) = (postgres, mariaDb);
        responder = new TdsResponder(new Dictionary<string, TdsValue> { ["1"] = TdsValue.Int(1) })
        {
            Federation = ($"{host.Tokens.Address}/{host.Tokens.Tenant}", "https://database.windows.net/",
                token => host.Tokens.Takes(token, "https://database.windows.net")),
        };
    }

    public void Dispose()
    {
        responder.Dispose();
        host.Dispose();
    }

    [Fact]
    public void An_identity_logs_in_to_SQL_Server_with_its_token_which_is_used_again()
    {
        var said = host.Run(
            $"{host.MakeCorp}; $null = New-ReportConnection sql -ConnectionString "
                + $"'Server=127.0.0.1,{responder.Port};Database=test;Encrypt=Optional' -Identity corp; {Run}; "
                + "(Test-ReportConnection sql).Success");
        Assert.Equal(["Succeeded||", "True"], said.Split('\n'));
        Assert.Equal(2, responder.Tokens.Count);
        Assert.Equal(Assert.Single(host.Tokens.Issued).Text, Assert.Single(responder.Tokens.Distinct()));
    }

    [Fact]
    public void An_application_in_the_connection_string_logs_in_and_its_secret_stays_here()
    {
        var text = $"Server=127.0.0.1,{responder.Port};Database=test;Encrypt=Optional;Authentication=Active Directory Service "
            + $"Principal;User ID={host.Tokens.Client}";
        Assert.Equal("Succeeded||",
            host.Run($"$null = New-ReportConnection sql -ConnectionString '{text}' -PasswordReference env:APP_SECRET; {Run}"));
        Assert.Single(responder.Tokens);
        host.Tokens.Secret = "another";
        var said = host.Run("$run = Invoke-ReportTask t -ErrorAction SilentlyContinue; \"$($run.ErrorId)|$($run.Error)\"");
        Assert.StartsWith("IdentitySecretWrong|", said, StringComparison.Ordinal);
        Assert.Contains("AADSTS7000215", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Active Directory Managed Identity")]
    [InlineData("Active Directory Default")]
    public void A_managed_identity_in_the_connection_string_logs_in(string method)
    {
        using var app = new TokenService();
        host.Variables["IDENTITY_ENDPOINT"] = app.Address + "/msi/token";
        host.Variables["IDENTITY_HEADER"] = "header-of-the-app";
        responder.Federation = ($"{host.Tokens.Address}/{host.Tokens.Tenant}", "https://database.windows.net/",
            token => app.Issued.Any(known => known.Text == token));
        Assert.Equal("Succeeded||", host.Run("$null = New-ReportConnection sql -ConnectionString "
            + $"'Server=127.0.0.1,{responder.Port};Database=test;Encrypt=Optional;Authentication={method}'; {Run}"));
        Assert.Single(responder.Tokens);
    }

    [Fact]
    public void A_workload_identity_in_the_connection_string_logs_in_with_the_token_of_the_cluster()
    {
        File.WriteAllText(Path.Combine(host.Folder, "cluster.jwt"), "cluster-token");
        (host.Variables["AZURE_FEDERATED_TOKEN_FILE"], host.Variables["AZURE_TENANT_ID"],
            host.Variables["AZURE_CLIENT_ID"]) = (Path.Combine(host.Folder, "cluster.jwt"), host.Tokens.Tenant, host.Tokens.Client);
        var text = $"Server=127.0.0.1,{responder.Port};Database=test;Encrypt=Optional;Authentication=Active Directory Workload Identity";
        Assert.Equal("Succeeded||", host.Run($"$null = New-ReportConnection sql -ConnectionString '{text}'; {Run}"));
        Assert.Equal(Assert.Single(host.Tokens.Issued).Text, Assert.Single(responder.Tokens));
        var request = Assert.Single(host.Tokens.Requests, request => request.Form.Count > 0);
        Assert.Equal(("cluster-token", host.Tokens.Client, "https://database.windows.net/.default"),
            (request.Form["client_assertion"], request.Form["client_id"], request.Scope));

        // a user-assigned one is named as the user; the file is read again, as the cluster changes it
        host.Variables["AZURE_CLIENT_ID"] = "";
        File.WriteAllText(Path.Combine(host.Folder, "cluster.jwt"), "later-token");
        Assert.Equal("Succeeded||", host.Run($"$null = New-ReportConnection sql -Force -ConnectionString '{text};User "
            + $"ID={host.Tokens.Client}'; {Run.Replace("New-ReportTask t", "New-ReportTask -Force t", StringComparison.Ordinal)}"));
        Assert.Equal(2, responder.Tokens.Count);
        Assert.Contains(host.Tokens.Requests, made => made.Form.GetValueOrDefault("client_assertion") == "later-token");

        File.Delete(Path.Combine(host.Folder, "cluster.jwt"));
        Assert.StartsWith("Failed|Identity",
            host.Run("$run = Invoke-ReportTask t -ErrorAction SilentlyContinue; \"$($run.Outcome)|$($run.ErrorId)|$($run.Error)\""),
            StringComparison.Ordinal);
        Assert.Equal(2, responder.Tokens.Count);
    }

    [Theory]
    [InlineData("Active Directory Interactive", "SignInNeedsAPerson")]
    [InlineData("Active Directory Device Code Flow", "SignInNeedsAPerson")]
    public void A_sign_in_that_needs_a_person_is_refused(string method, string id) =>
        Assert.StartsWith($"Failed|{id}|",
            host.Run("$null = New-ReportConnection sql -ConnectionString "
                + $"'Server=127.0.0.1,{responder.Port};Database=test;Encrypt=Optional;Authentication={method}'; {Run}"),
            StringComparison.Ordinal);

    [Fact]
    public void A_refused_token_and_an_authority_of_the_servers_own_are_explained()
    {
        responder.Federation = (responder.Federation!.Value.Authority, responder.Federation.Value.Resource, _ => false);
        var said = host.Run($"{host.MakeCorp}; $null = New-ReportConnection sql -ConnectionString "
            + $"'Server=127.0.0.1,{responder.Port};Database=test;Encrypt=Optional' -Identity corp; {Run}");
        Assert.StartsWith("Failed|TokenLoginRefused|", said, StringComparison.Ordinal);
        Assert.Contains("FROM EXTERNAL PROVIDER", said, StringComparison.Ordinal);
        responder.Federation = ("https://tokens.example.com/x", "https://database.windows.net/", _ => true);
        var text = $"Server=127.0.0.1,{responder.Port};Database=test;Encrypt=Optional;Authentication=Active Directory Service "
            + $"Principal;User ID={host.Tokens.Client}";
        said = host.Run($"$null = New-ReportConnection sql -ConnectionString '{text}' -PasswordReference env:APP_SECRET -Force; "
            + "$run = Invoke-ReportTask t -ErrorAction SilentlyContinue; \"$($run.ErrorId)|$($run.Error)\"");
        Assert.StartsWith("AuthorityNotKnown|", said, StringComparison.Ordinal);
    }

    [Fact]
    public void PostgreSQL_gets_the_token_as_the_password()
    {
        Assert.StartsWith("127.0.0.1", new Npgsql.NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host, StringComparison.Ordinal);
        host.Tokens.Fixed = "tokenOfPostgres.x.y";
        postgres.Execute($"DROP ROLE IF EXISTS token_reader; CREATE ROLE token_reader LOGIN PASSWORD '{host.Tokens.Fixed}'");
        Assert.Equal("Succeeded||", Report($"postgresql://token_reader@127.0.0.1:{postgres.Port}/postgres"));
        Assert.Equal("https://ossrdbms-aad.database.windows.net", Assert.Single(host.Tokens.Issued).Audience);
        host.Tokens.Fixed = "another.x.y";
        Assert.StartsWith("Failed|TokenLoginRefused|", Report($"postgresql://token_reader@127.0.0.1:{postgres.Port}/postgres"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void MySQL_gets_the_token_as_the_password()
    {
        Assert.NotEmpty(mariaDb.ConnectionString);
        host.Tokens.Fixed = "tokenOfMySql.x.y";
        mariaDb.Execute($"CREATE OR REPLACE USER token_reader IDENTIFIED BY '{host.Tokens.Fixed}'");
        Assert.Equal("Succeeded||", Report($"mysql://token_reader@127.0.0.1:{mariaDb.Port}/"));
    }

    private string Report(string url) =>
        host.Run(
            host.MakeCorp.Replace("$null = New-ReportIdentity corp", "$null = New-ReportIdentity corp -Force", StringComparison.Ordinal)
                + $"; $null = New-ReportConnection sql -Force -ConnectionString '{url}' -Identity corp; "
                + $"{Run.Replace("New-ReportTask t", "New-ReportTask -Force t", StringComparison.Ordinal)}");
}
