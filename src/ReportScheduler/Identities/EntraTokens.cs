using Azure.Core;
using Azure.Identity;
using ReportScheduler.Secrets;

namespace ReportScheduler.Identities;

/// <summary>Tokens of Entra ID, through Azure.Identity.</summary>
internal sealed class EntraTokens(ReportIdentity identity, string? secret) : ITokenSource
{
    public async Task<IdentityToken> GetAsync(string scope, CancellationToken cancel)
    {
        try
        {
            using var certificate = IdentityCertificate.Of(identity, secret);
            var credential = Credential(certificate?.Certificate);
            var token = await credential.GetTokenAsync(new TokenRequestContext([scope]), cancel).ConfigureAwait(false);
            return token.Token is { Length: > 0 } text
                ? new IdentityToken(text, token.ExpiresOn)
                : throw IdentityErrors.IdentityAnswerOdd(identity.Name);
        }
        catch (AuthenticationFailedException problem)
        {
            throw EntraProblem.Of(identity, scope, problem);
        }
        catch (Exception problem) when (problem is ArgumentException or UriFormatException)
        {
            // what Azure.Identity checks before it asks: the form of tenant and client
            throw IdentityErrors.IdentityNotUsable(identity.Name, problem.Message);
        }
        catch (Exception problem) when (problem is NullReferenceException or InvalidOperationException or FormatException
            or System.Text.Json.JsonException)
        {
            // what the libraries make of an answer without the members that it has to have
            throw IdentityErrors.IdentityAnswerOdd(identity.Name, problem);
        }
    }

    private TokenCredential Credential(System.Security.Cryptography.X509Certificates.X509Certificate2? certificate) => identity.Kind switch
    {
        ReportIdentityKind.ManagedIdentity => new ManagedIdentityCredential(new ManagedIdentityCredentialOptions(
            identity.ClientId is { } client ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned)),
        ReportIdentityKind.WorkloadIdentity => new WorkloadIdentityCredential(Workload()),
        ReportIdentityKind.AzureDefault => new DefaultAzureCredential(Default()),
        _ when certificate is not null =>
            new ClientCertificateCredential(identity.TenantId, identity.ClientId, certificate, With(new ClientCertificateCredentialOptions
        {
            // without asking the public cloud who a private one is
            DisableInstanceDiscovery = identity.AuthorityHost is not null,
            SendCertificateChain = true,
        })),
        _ => new ClientSecretCredential(identity.TenantId, identity.ClientId, secret, With(new ClientSecretCredentialOptions
        {
            DisableInstanceDiscovery = identity.AuthorityHost is not null,
        })),
    };

    private WorkloadIdentityCredentialOptions Workload()
    {
        var options = With(new WorkloadIdentityCredentialOptions { DisableInstanceDiscovery = identity.AuthorityHost is not null });
        options.TenantId = identity.TenantId ?? options.TenantId;
        options.ClientId = identity.ClientId ?? options.ClientId;
        return options;
    }

    private DefaultAzureCredentialOptions Default()
    {
        // nobody sits at a report: no browser and no signed-in editor
        var options = With(new DefaultAzureCredentialOptions
        {
            ExcludeInteractiveBrowserCredential = true,
            ExcludeVisualStudioCredential = true,
            ExcludeVisualStudioCodeCredential = true,
            ExcludeBrokerCredential = true,
            DisableInstanceDiscovery = identity.AuthorityHost is not null,
        });
        options.TenantId = identity.TenantId ?? options.TenantId;
        options.ManagedIdentityClientId = identity.ClientId ?? options.ManagedIdentityClientId;
        options.WorkloadIdentityClientId = identity.ClientId ?? options.WorkloadIdentityClientId;
        return options;
    }

    private T With<T>(T options)
        where T : TokenCredentialOptions
    {
        if (identity.AuthorityHost is { } host)
        {
            options.AuthorityHost = new Uri(host);
        }

        return options;
    }
}
