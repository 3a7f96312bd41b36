using System.Net.Sockets;

namespace ReportScheduler.Identities;

/// <summary>Why an identity gets no token. What the other side said stands last; it has no secret in it.</summary>
internal static class IdentityErrors
{
    public static ReportException IdentityNotUsable(string name, string reason) =>
        new(nameof(IdentityNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"The report identity '{name}' cannot be used: {reason.TrimEnd('.')}. Set-ReportIdentity changes it.");

    public static ReportException IdentitySecretWrong(string name, string said, Exception inner) =>
        new(nameof(IdentitySecretWrong), ReportErrorCategory.AuthenticationError, name,
            $"Entra ID does not know the secret of the report identity '{name}'. "
                + "Give the secret's value, not its id, with Set-ReportIdentity -ClientSecret; "
                + $"a lost one is replaced under 'Certificates & secrets' of the app registration: {said}",
            inner);

    public static ReportException IdentitySecretExpired(string name, string said, Exception inner) =>
        new(nameof(IdentitySecretExpired), ReportErrorCategory.AuthenticationError, name,
            $"The secret of the report identity '{name}' has expired. Make a new one under 'Certificates & secrets' of the app "
                + $"registration, and give it with Set-ReportIdentity -ClientSecret -SecretExpiresAt: {said}", inner);

    public static ReportException IdentityCertificateUnknown(string name, string said, Exception inner) =>
        new(nameof(IdentityCertificateUnknown), ReportErrorCategory.AuthenticationError, name,
            $"Entra ID does not know the certificate of the report identity '{name}', or it has expired. "
                + $"Upload its public part under 'Certificates & secrets' of the app registration: {said}", inner);

    public static ReportException IdentityClockWrong(string name, string said, Exception inner) =>
        new(nameof(IdentityClockWrong), ReportErrorCategory.AuthenticationError, name,
            $"What the report identity '{name}' signed is not valid at this time. "
                + $"Set this computer's clock, which is off by minutes or more: {said}", inner);

    public static ReportException IdentityClientUnknown(string name, string? client, string? tenant, string said, Exception inner) =>
        new(nameof(IdentityClientUnknown), ReportErrorCategory.AuthenticationError, name,
            $"The tenant '{tenant}' has no application '{client}', which the report identity '{name}' names, or it is disabled there. "
                + "Compare -ClientId with the 'Application (client) ID' of the app registration, and -TenantId with its 'Directory "
                + $"(tenant) ID': {said}",
            inner);

    public static ReportException IdentityTenantUnknown(string name, string? tenant, string said, Exception inner) =>
        new(nameof(IdentityTenantUnknown), ReportErrorCategory.AuthenticationError, name,
            $"There is no tenant '{tenant}', which the report identity '{name}' names. "
                + "Give -TenantId the 'Directory (tenant) ID' of the app registration, and -AuthorityHost where the tenant is in a "
                + $"cloud of its own: {said}",
            inner);

    public static ReportException IdentityConsentMissing(string name, string scope, string said, Exception inner) =>
        new(nameof(IdentityConsentMissing), ReportErrorCategory.PermissionDenied, name,
            $"The report identity '{name}' has not been granted '{scope}'. "
                + "Add the application permission under 'API permissions' of the app registration, and have an administrator choose "
                + $"'Grant admin consent': {said}",
            inner);

    public static ReportException IdentityScopeUnknown(string name, string scope, string said, Exception inner) =>
        new(nameof(IdentityScopeUnknown), ReportErrorCategory.InvalidArgument, name,
            $"The tenant of the report identity '{name}' does not know '{scope}'. Check -AuthorityHost and the address of the service; "
                + "where the service was never used in this tenant, an administrator adds its permission under 'API permissions' "
                + $"first: {said}",
            inner);

    public static ReportException IdentityBlocked(string name, string said, Exception inner) =>
        new(nameof(IdentityBlocked), ReportErrorCategory.PermissionDenied, name,
            $"A rule of the tenant keeps the report identity '{name}' from signing in. "
                + $"Ask an administrator to check the sign-in logs of the application and Conditional Access: {said}", inner);

    public static ReportException IdentityNotFederated(string name, string said, Exception inner) =>
        new(nameof(IdentityNotFederated), ReportErrorCategory.AuthenticationError, name,
            $"Entra ID does not trust the federated token of the report identity '{name}'. "
                + $"Add a federated credential to the app registration whose issuer, subject and audience are those of the token: {said}",
            inner);

    public static ReportException IdentityUnavailable(string name, ReportIdentityKind kind, string said, Exception inner) =>
        new(nameof(IdentityUnavailable), ReportErrorCategory.ResourceUnavailable, name,
            $"This computer offers nothing that the report identity '{name}' ({kind}) could sign in with. {Remedy(kind)}: {said}", inner);

    public static ReportException IdentityUnreachable(string name, string host, Exception inner) =>
        new(nameof(IdentityUnreachable), ReportErrorCategory.ConnectionError, name,
            $"'{host}', the token service of the report identity '{name}', does not answer. "
                + $"Check the network, a proxy (HTTPS_PROXY) and the firewall: {Deepest(inner)}", inner)
        { IsTransient = true };

    public static ReportException IdentityBusy(string name, string said, Exception inner) =>
        new(nameof(IdentityBusy), ReportErrorCategory.ResourceBusy, name,
            $"The token service of the report identity '{name}' is not available at the moment. It is retried later: {said}", inner)
        { IsTransient = true };

    public static ReportException IdentityRefused(string name, string said, Exception inner) =>
        new(nameof(IdentityRefused), ReportErrorCategory.AuthenticationError, name,
            $"The report identity '{name}' gets no token. See the reason, and try it with Test-ReportIdentity: {said}", inner);

    public static ReportException IdentityAnswerOdd(string name, Exception? inner = null) =>
        new(nameof(IdentityAnswerOdd), ReportErrorCategory.InvalidData, name,
            $"What answered the report identity '{name}' gave no token and no reason. "
                + "Check -AuthorityHost or the token_uri of the key file, and a proxy or sign-in page of the network on the way.", inner);

    public static ReportException CertificateNotFound(string path) =>
        new(nameof(CertificateNotFound), ReportErrorCategory.ObjectNotFound, path,
            $"There is no certificate file '{path}'. Give -CertificatePath a .pfx or .pem file with the private key.");

    public static ReportException CertificateNotInStore(string thumbprint) =>
        new(nameof(CertificateNotInStore), ReportErrorCategory.ObjectNotFound, thumbprint,
            $"The account '{Environment.UserName}' has no certificate with the thumbprint '{thumbprint}', and the machine has none. "
                + "Import it with its private key for that account, or give a file with -CertificatePath.");

    public static ReportException CertificateNotUsable(string certificate, string reason, Exception? inner = null) =>
        new(nameof(CertificateNotUsable), ReportErrorCategory.InvalidData, certificate,
            $"The certificate '{certificate}' cannot be used: {reason}. Give a .pfx or .pem file with its private key, and its password "
                + $"with -CertificatePassword{(inner is null ? "." : $": {inner.Message}")}", inner);

    public static ReportException ServiceAccountKeyNotReadable(string path, Exception inner) =>
        new(nameof(ServiceAccountKeyNotReadable), ReportErrorCategory.ReadError, path,
            $"The key file '{path}' of the service account cannot be read by the account '{Environment.UserName}'. "
                + $"Check the path and its rights: {inner.Message}", inner);

    public static ReportException ServiceAccountKeyNotUsable(string path, string reason) =>
        new(nameof(ServiceAccountKeyNotUsable), ReportErrorCategory.InvalidData, path,
            $"'{path}' is not the key of a Google service account: {reason}. "
                + "Make one in the Cloud Console under 'IAM & Admin', 'Service Accounts', 'Keys', type JSON.");

    public static ReportException ServiceAccountKeyRefused(string name, string path, string said, Exception inner) =>
        new(nameof(ServiceAccountKeyRefused), ReportErrorCategory.AuthenticationError, name,
            $"Google does not take the key '{path}' of the report identity '{name}'. "
                + $"Check in the Cloud Console that the key is not deleted and the service account is enabled: {said}", inner);

    public static ReportException IdentityDelegationMissing(string name, string account, string scope, string? subject, string said,
        Exception inner) =>
        new(nameof(IdentityDelegationMissing), ReportErrorCategory.PermissionDenied, name,
            $"The service account '{account}' of the report identity '{name}' may not act "
                + $"{(subject is null ? "here" : $"for '{subject}'")}. In the Admin console, under 'Security', 'API controls', "
                + $"'Domain-wide delegation', add its client id with the scope '{scope}'; it takes up to a day: {said}",
            inner);

    public static ReportException IdentitySubjectUnknown(string name, string? subject, string said, Exception inner) =>
        new(nameof(IdentitySubjectUnknown), ReportErrorCategory.AuthenticationError, name,
            $"Google knows no user '{subject}', for whom the report identity '{name}' acts. "
                + $"Give -Subject an address of your domain: {said}", inner);

    private static string Remedy(ReportIdentityKind kind) => kind switch
    {
        ReportIdentityKind.ManagedIdentity =>
            "Switch on the managed identity of the virtual machine, app or container in Azure, or connect the server with Azure Arc",
        ReportIdentityKind.WorkloadIdentity => "Set AZURE_FEDERATED_TOKEN_FILE, AZURE_TENANT_ID and AZURE_CLIENT_ID for the account that "
            + "runs the task, as the workload identity webhook of Kubernetes does",
        _ => "Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET for the account that runs the task, use a managed identity, "
            + "or log in with 'az login' as that account",
    };

    private static string Deepest(Exception problem) =>
        problem.GetBaseException() is SocketException socket ? socket.Message : problem.GetBaseException().Message.Split('\n')[0].Trim();
}
