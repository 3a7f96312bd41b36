namespace ReportScheduler.Tests.Support;

/// <summary>The built module in a process that trusts the test authority, with a folder, a store and a token service of its own.</summary>
internal sealed class TrustingHost : IDisposable
{
    private readonly TestAuthority authority = new();

    public TrustingHost()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SSL_CERT_FILE is read on Linux; elsewhere an authority is trusted by installing it");
        authority.Save(Path.Combine(Folder, "authority.pem"));
        Tokens = new TokenService(authority.Issue("127.0.0.1"));
        Variables["SSL_CERT_FILE"] = Path.Combine(Folder, "authority.pem");
        Variables["REPORTSCHEDULER_STORE"] = Path.Combine(Folder, "store", "reports.db");
        Variables["APP_SECRET"] = Tokens.Secret;
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("report-identity-").FullName;

    public TokenService Tokens { get; }

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The command that makes the identity 'corp' of the token service.</summary>
    public string MakeCorp => $"$null = New-ReportIdentity corp -TenantId {Tokens.Tenant} -ClientId {Tokens.Client} -ClientSecret "
        + $"env:APP_SECRET -AuthorityHost {Tokens.Address}";

    public System.Security.Cryptography.X509Certificates.X509Certificate2 Issue(string host) => authority.Issue(host);

    /// <summary>Runs a script, and gives what it wrote.</summary>
    public string Run(string script)
    {
        var ended = HostProcess.Run(Folder, Variables, "-NoProfile", "-Command", script);
        return (ended.Output + ended.Error).Trim();
    }

    public void Dispose()
    {
        Tokens.Dispose();
        authority.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
