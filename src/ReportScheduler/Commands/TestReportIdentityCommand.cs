using System.Diagnostics;
using System.Management.Automation;
using ReportScheduler.Identities;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Tries report identities: gets a new token for each use, and lists the permissions that the token carries.</summary>
/// <remarks>
/// The result has Success, and in Message what is wrong and what to do. A secret or certificate that ends within 30 days is a warning, and
/// so is a file with a private key that other accounts can read. The token itself is not shown and not kept.
/// </remarks>
/// <example>
/// <code>Test-ReportIdentity corp</code>
/// <para>Gets a token for each mail server and connection that uses it.</para>
/// </example>
/// <example>
/// <code>Test-ReportIdentity corp -TokenScope https://graph.microsoft.com/.default | Select-Object -ExpandProperty Roles</code>
/// <para>Lists what the application may do in Microsoft Graph.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ReportIdentity")]
[OutputType(typeof(IdentityTest))]
public sealed class TestReportIdentityCommand : ReportCommand, IDisposable
{
    private readonly StopSignal stop = new();

    /// <summary>The names of the report identities. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdentityNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>What the token is for, such as https://graph.microsoft.com/.default. Default: what the mail
    /// servers and connections that use it need; mail by SMTP where nothing does.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TokenScopeCompleter))]
    public string[]? TokenScope { get; set; }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override void Process()
    {
        foreach (var identity in Name.SelectMany(FindIdentities))
        {
            foreach (var scope in TokenScope ?? [.. IdentityUses.Scopes(identity, Store.MailServers.All(), Store.Connections.All())])
            {
                WriteObject(Try(identity, scope));
            }
        }
    }

    private IdentityTest Try(ReportIdentity identity, string scope)
    {
        var result = new IdentityTest { Name = identity.Name, Kind = identity.Kind, TokenScope = scope };
        var watch = Stopwatch.StartNew();
        try
        {
            result.SecretExpiresAt = Store.Secrets.EndOfSecret(identity.Name);
            Store.Secrets.ForgetToken(identity.Name, scope);
            var token = Store.Secrets.GetTokenAsync(identity.Name, scope, stop.Token).GetAwaiter().GetResult();
            (result.Success, result.TokenExpiresAt, result.Roles) = (true, token.ExpiresAt, TokenClaims.Roles(token));
            string?[] warnings = [SecretEnd.Warning(identity.Name, result.SecretExpiresAt, TimeProvider.System.GetUtcNow()),
                KeyFile.Warning(identity)];
            result.Message = string.Join(' ', warnings.OfType<string>()) is { Length: > 0 } said ? said : null;
        }
        catch (ReportException problem)
        {
            (result.Message, result.ErrorId) = (problem.Message, problem.ErrorId);
        }

        result.Latency = watch.Elapsed;
        if (result is { Success: true, Message: { } warning })
        {
            WriteWarning(warning);
        }

        return result;
    }
}
