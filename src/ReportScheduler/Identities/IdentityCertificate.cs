using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ReportScheduler.Files;

namespace ReportScheduler.Identities;

/// <summary>The certificate of an identity with its private key, from a file or from the computer's store.</summary>
internal sealed class IdentityCertificate(X509Certificate2 certificate) : IDisposable
{
    public X509Certificate2 Certificate { get; } = certificate;

    /// <returns>Null for an identity without a certificate.</returns>
    /// <param name="identity">The identity.</param>
    /// <param name="password">The password of the file; null for none.</param>
    /// <exception cref="ReportException">It is not there, cannot be read, or has ended.</exception>
    public static IdentityCertificate? Of(ReportIdentity identity, string? password) =>
        Of(identity.CertificatePath, identity.CertificateThumbprint, password);

    /// <param name="file">Its file; null for none.</param>
    /// <param name="thumbprint">Its thumbprint, without a file; null for none.</param>
    /// <param name="password">The password of the file; null for none.</param>
    /// <returns>Null without a certificate.</returns>
    /// <exception cref="ReportException">It is not there, or cannot be read.</exception>
    public static IdentityCertificate? Of(string? file, string? thumbprint, string? password)
    {
        var found = file is not null ? Load(file, password)
            : thumbprint is not null ? Find(thumbprint)
            : null;
        return found is null ? null : new IdentityCertificate(found);
    }

    public void Dispose() => Certificate.Dispose();

    private static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            if (PrivateFile.IsMissing(path))
            {
                throw IdentityErrors.CertificateNotFound(path);
            }

            var isText = File.ReadAllBytes(path).AsSpan().IndexOf("-----BEGIN"u8) >= 0;
            var found = !isText ? new X509Certificate2(path, password,
                OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet)
                : string.IsNullOrEmpty(password) ? X509Certificate2.CreateFromPemFile(path)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password);
            return found.HasPrivateKey
                ? found
                : throw IdentityErrors.CertificateNotUsable(path, "it has no private key, and one is needed to sign with");
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            throw IdentityErrors.CertificateNotUsable(path, "it cannot be read with the password that was given, or without one", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw IdentityErrors.CertificateNotUsable(path, $"the account '{Environment.UserName}' cannot read it", problem);
        }
    }

    private static X509Certificate2 Find(string thumbprint)
    {
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            using var store = new X509Store(StoreName.My, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (CryptographicException)
            {
                // there is none: Linux has no store of the machine
                continue;
            }

            if (store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false) is [var found, ..])
            {
                return found.HasPrivateKey ? found : throw IdentityErrors.CertificateNotUsable(thumbprint,
                    $"its private key is not there for the account '{Environment.UserName}'");
            }
        }

        throw IdentityErrors.CertificateNotInStore(thumbprint);
    }
}
