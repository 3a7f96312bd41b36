using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.Relational;

/// <summary>A store whose address names an identity: the built module signs in with tokens of the machine, which a service on loopback
/// gives as Azure's does.</summary>
public sealed class StoreIdentityTests : IDisposable
{
    private const string Role = "store_identity";
    private const string FirstToken = "token.of.this-hour";

    private const string Work = "$null = New-ReportStore; $null = New-ReportConnection mem -Provider Sqlite -ConnectionString "
        + "'Data Source=:memory:'; $null = New-ReportTask t mem -Query 'SELECT 1 AS v' -Format Csv; (Invoke-ReportTask t).Outcome";

    private const string Ask = "try { Get-ReportTask -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }";

    private readonly TrustingHost host = new();
    private readonly TokenService machine = new() { Fixed = FirstToken };

    public StoreIdentityTests()
    {
        host.Variables["IDENTITY_ENDPOINT"] = machine.Address + "/msi/token";
        host.Variables["IDENTITY_HEADER"] = "header-of-the-app";
        host.Tokens.Fixed = FirstToken;
        host.Variables["REPORTSCHEDULER_KEY_FILE"] = Path.Combine(host.Folder, "keys");
    }

    // what the webhook of Kubernetes sets
    private void BeInCluster(string authority)
    {
        System.IO.File.WriteAllText(File("cluster.jwt"), "cluster-token");
        host.Variables["AZURE_FEDERATED_TOKEN_FILE"] = File("cluster.jwt");
        host.Variables["AZURE_TENANT_ID"] = host.Tokens.Tenant;
        host.Variables["AZURE_CLIENT_ID"] = host.Tokens.Client;
        host.Variables["AZURE_AUTHORITY_HOST"] = authority;
    }

    private string File(string name) => Path.Combine(host.Folder, name);

    public void Dispose()
    {
        machine.Dispose();
        host.Dispose();
    }

    [Fact]
    public async Task PostgreSQL_gets_the_token_of_the_cluster_and_another_one_when_it_is_refused()
    {
        var server = PostgreSqlServer.Shared;
        Assert.NotEmpty(server.ConnectionString);
        BeInCluster(host.Tokens.Address);
        server.Execute($"create role {Role} login password '{FirstToken}'");
        server.Execute($"create database {Role} owner {Role}");
        try
        {
            host.Variables["REPORTSCHEDULER_STORE"] =
                $"postgresql://{Role}@127.0.0.1:{server.Port}/{Role}?identity=workloadidentity";
            var said = Task.Run(() => host.Run(
                $"{Work}; '' > '{File("worked")}'; while (-not (Test-Path '{File("refused")}')) {{ Start-Sleep -Milliseconds 50 }}; "
                    + $"{Ask}; (Get-ReportTask).Name"),
                TestContext.Current.CancellationToken);
            while (!System.IO.File.Exists(File("worked")) && !said.IsCompleted)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            Assert.Equal("https://ossrdbms-aad.database.windows.net", Assert.Single(host.Tokens.Issued).Audience);
            Assert.Equal("cluster-token",
                Assert.Single(host.Tokens.Requests, request => request.Form.Count > 0).Form["client_assertion"]);
            host.Tokens.Fixed = "token.of.the-next-hour";
            server.Execute($"alter role {Role} password '{host.Tokens.Fixed}'");
            server.Execute($"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{Role}'");
            await System.IO.File.WriteAllTextAsync(File("refused"), "", TestContext.Current.CancellationToken);
            Assert.Equal(["Succeeded", "StoreDenied", "t"], (await said).Split('\n'));
        }
        finally
        {
            server.Execute($"drop database {Role} with (force)");
            server.Execute($"drop role {Role}");
        }
    }

    [Fact]
    public void MariaDB_gets_the_token_of_the_machine()
    {
        var server = MariaDbServer.Shared;
        Assert.NotEmpty(server.ConnectionString);
        server.Execute($"create user {Role} identified by '{FirstToken}'");
        server.Execute($"create database {Role}");
        server.Execute($"grant all on {Role}.* to {Role}");
        try
        {
            host.Variables["REPORTSCHEDULER_STORE"] =
                $"mysql://{Role}@127.0.0.1:{server.Port}/{Role}?identity=ManagedIdentity&clientid=of-the-user";
            Assert.Equal("Succeeded", host.Run(Work));
            Assert.Contains("client_id=of-the-user", Assert.Single(machine.Requests).Path, StringComparison.Ordinal);
        }
        finally
        {
            server.Execute($"drop database {Role}");
            server.Execute($"drop user {Role}");
        }
    }

    [Fact]
    public void SQL_Server_gets_the_token_beside_the_connection_string()
    {
        using var responder = new TdsResponder(new Dictionary<string, TdsValue>())
        {
            Federation = ($"{host.Tokens.Address}/{host.Tokens.Tenant}", "https://database.windows.net/", token => token == FirstToken),
        };
        host.Variables["REPORTSCHEDULER_STORE"] =
            $"mssql://127.0.0.1:{responder.Port}/reports?identity=ManagedIdentity&encrypt=optional";
        Assert.DoesNotContain(FirstToken, host.Run("try { Get-ReportTask -ErrorAction Stop } catch { \"$_\" }"), StringComparison.Ordinal);
        Assert.Equal(FirstToken, responder.Tokens.First());
        Assert.Equal("https://database.windows.net", Assert.Single(machine.Issued).Audience);
    }

    [Fact]
    public void A_token_service_that_is_away_is_a_store_that_is_away()
    {
        machine.Answer = _ => (503, "{}");
        host.Variables["REPORTSCHEDULER_STORE"] = "postgresql://reports@127.0.0.1:1/reports?identity=WorkloadIdentity";
        Assert.Equal("IdentityUnavailable", host.Run(Ask));
        BeInCluster("https://127.0.0.1:1");
        Assert.Equal("StoreUnreachable", host.Run(Ask));
    }

    [Theory]
    [InlineData("postgresql://me@db/reports?identity=corp", "'corp' is not a value of identity")]
    [InlineData("postgresql://me@db/reports?identity=EntraApplication", "'EntraApplication' is not a value of identity")]
    [InlineData("postgresql://me@db/reports?clientid=x", "'clientid' belongs to 'identity'")]
    [InlineData("postgresql://me@db/reports?identity=AzureDefault&password=env:PW", "both a password and an identity")]
    [InlineData("postgresql://db/reports?identity=AzureDefault", "it has no user")]
    [InlineData("mysql://db/reports?identity=AzureDefault", "it has no user")]
    [InlineData("mssql://sa@db/reports?identity=AzureDefault", "without a user")]
    [InlineData("postgresql://me@db/reports?identity=AzureDefault&sslmode=prefer", "without TLS")]
    [InlineData("mysql://me@db/reports?identity=AzureDefault&sslmode=none", "without TLS")]
    public void An_identity_that_cannot_be_is_refused(string address, string why)
    {
        var problem = Assert.Throws<ReportException>(() => DatabaseAddress.Parse(address));
        Assert.Equal("StoreAddressInvalid", problem.ErrorId);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
    }
}
