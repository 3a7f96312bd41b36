using System.Runtime.Versioning;
using System.Security.Cryptography;
using ReportScheduler.Files;

namespace ReportScheduler.Secrets;

/// <summary>The 32 bytes that passwords are protected with, in a file of their own that never is in the store.</summary>
/// <remarks>On Windows the file is itself protected by DPAPI: for the user, or in a machine-wide store for the machine.</remarks>
/// <param name="storePath">The store, or for one in a database the path that stands for it on this computer.</param>
/// <param name="scope">Whose store it is.</param>
/// <param name="keyFile">Where the key is; null for its place beside the store.</param>
internal sealed class SecretKey(string storePath, StoreScope scope, string? keyFile = null)
{
    private const int Size = 32;

    // a file that was named may be mounted, as Kubernetes does it, into a folder that is not ours
    private readonly bool isInOwnFolder = keyFile is null;

    public string Path { get; } = keyFile ?? PathFor(storePath);

    public static string PathFor(string storePath) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(storePath)!, "keys", System.IO.Path.GetFileName(storePath) + ".key");

    /// <returns>Null when there is no key.</returns>
    public byte[]? Read()
    {
        try
        {
            if (!PrivateFile.IsMissing(Path))
            {
                if (isInOwnFolder)
                {
                    OwnFolder.CheckPrivate(System.IO.Path.GetDirectoryName(Path)!);
                }

                OwnFolder.CheckPrivate(Path);
            }
            var kept = File.ReadAllBytes(Path);
            var key = OperatingSystem.IsWindows() ? ProtectedData.Unprotect(kept, null, Protection()) : kept;
            return key.Length == Size ? key : throw SecretErrors.SecretKeyDamaged(Path, key.Length, Size);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or CryptographicException)
        {
            throw SecretErrors.SecretKeyDenied(Path, denied);
        }
    }

    /// <summary>Reads the key, or makes it: under the store's lock, and whole or not
    /// at all, so that all processes get the same one.</summary>
    public byte[] ReadOrCreate()
    {
        if (Read() is { } known)
            return known;
        StoreFolder.Create(storePath, scope);
        using var held = StoreLock.Take(storePath, StoreLock.Patience);
        if (Read() is { } made)
            return made;
        var key = RandomNumberGenerator.GetBytes(Size);
        var fresh = Path + ".new";
        StoreFolder.CreatePrivate(System.IO.Path.GetDirectoryName(Path)!, scope);
        using (var file = PrivateFile.Open(fresh, FileMode.Create, FileShare.None))
        {
            file.Write(OperatingSystem.IsWindows() ? ProtectedData.Protect(key, null, Protection()) : key);
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, Path);
        return key;
    }

    [SupportedOSPlatform("windows")]
    private DataProtectionScope Protection() =>
        scope == StoreScope.Machine ? DataProtectionScope.LocalMachine : DataProtectionScope.CurrentUser;
}
