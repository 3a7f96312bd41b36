using System.Security.Cryptography.X509Certificates;
using ReportScheduler.Identities;
using ReportScheduler.Secrets;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The certificate that this computer shows to a mail server, which may know it by that.</summary>
internal static class MailCertificate
{
    /// <returns>Null for a mail server without one.</returns>
    /// <exception cref="ReportException">It is not there, or cannot be read.</exception>
    public static X509Certificate2? Of(MailAccess access)
    {
        var server = access.Server;
        var password = access.Secrets.Reveal(server.CertificatePasswordReference, server.ProtectedCertificatePassword, server.EnvFile);
        var found = IdentityCertificate.Of(server.CertificatePath, server.CertificateThumbprint, password)?.Certificate;
        if (found is null || !OperatingSystem.IsWindows())
        {
            return found;
        }

        // Windows signs a TLS handshake only with a key that it keeps
        using (found)
        {
            return new X509Certificate2(found.Export(X509ContentType.Pkcs12));
        }
    }
}
