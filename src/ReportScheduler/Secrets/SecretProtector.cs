using System.Security.Cryptography;
using System.Text;

namespace ReportScheduler.Secrets;

/// <summary>AES-256-GCM under the store's key.</summary>
/// <remarks>The protected text is <c>v1:</c>, the first eight hex digits of the key's
/// SHA-256, <c>:</c>, and Base64 of nonce, tag and cipher text.</remarks>
internal sealed class SecretProtector(SecretKey key) : ISecretProtector
{
    private const string Version = "v1";
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public string Protect(string plainText) => Protect(plainText, key.ReadOrCreate());

    /// <summary>Protects with a certain key of the ring.</summary>
    public static string Protect(string plainText, byte[] secret)
    {
        var plain = Encoding.UTF8.GetBytes(plainText);
        var sealedBytes = new byte[NonceSize + TagSize + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(secret, TagSize);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize));
        return $"{Version}:{Mark(secret)}:{Convert.ToBase64String(sealedBytes)}";
    }

    public string Unprotect(string protectedText)
    {
        var ring = key.ReadAll();
        if (ring.Count == 0)
        {
            throw SecretErrors.SecretKeyMissing(key.Path);
        }

        if (protectedText.Split(':') is not [Version, var mark, var content]
            || ring.FirstOrDefault(one => Mark(one) == mark) is not { } secret)
        {
            throw SecretErrors.SecretKeyWrong(key.Path);
        }

        try
        {
            var sealedBytes = Convert.FromBase64String(content);
            var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
            using var aes = new AesGcm(secret, TagSize);
            aes.Decrypt(
                sealedBytes.AsSpan(0, NonceSize), sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception damaged) when (damaged is CryptographicException or FormatException or OverflowException)
        {
            throw SecretErrors.SecretKeyWrong(key.Path);
        }
    }

    /// <summary>The mark of the key that a text was protected with; empty for what is no protected text.</summary>
    public static string MarkOf(string protectedText) => protectedText.Split(':') is [Version, var mark, _] ? mark : "";

    /// <summary>What tells one key from another and says nothing about it.</summary>
    public static string Mark(byte[] secret) => Convert.ToHexString(SHA256.HashData(secret), 0, 4);
}
