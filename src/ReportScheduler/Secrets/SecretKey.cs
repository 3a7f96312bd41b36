using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using ReportScheduler.Files;

namespace ReportScheduler.Secrets;

/// <summary>The 32 bytes that passwords are protected with, in a file of their own that never is in the store.</summary>
/// <remarks>On Windows the file beside a store is itself protected by DPAPI: for the user, or in a machine-wide store for the machine. A
/// file that was named has one key or more, see <see cref="KeyRing"/>.</remarks>
/// <param name="storePath">The store, or for one in a database the path that stands for it on this computer.</param>
/// <param name="scope">Whose store it is.</param>
/// <param name="keyFile">Where the key is; null for its place beside the store.</param>
internal sealed class SecretKey(string storePath, StoreScope scope, string? keyFile = null)
{
    // a file that was named may be mounted, as Kubernetes does it, into a folder that is not ours
    private readonly bool isInOwnFolder = keyFile is null;

    public string Path { get; } = keyFile ?? PathFor(storePath);

    public static string PathFor(string storePath) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(storePath)!, "keys", System.IO.Path.GetFileName(storePath) + ".key");

    /// <summary>The newest key; null when there is none.</summary>
    public byte[]? Read() => ReadAll() is [var newest, ..] ? newest : null;

    /// <summary>All keys, the newest first; empty when there is none.</summary>
    public IReadOnlyList<byte[]> ReadAll()
    {
        if (Directory.Exists(Path))
        {
            throw SecretErrors.KeyFileIsFolder(Path);
        }

        try
        {
            if (!PrivateFile.IsMissing(Path))
            {
                CheckPrivate();
            }

            var kept = File.ReadAllBytes(Path);
            // a file that was named is made by people, and has keys as they are
            return KeyRing.Parse(
                OperatingSystem.IsWindows() && isInOwnFolder ? ProtectedData.Unprotect(kept, null, Protection()) : kept, Path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
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
        {
            return known;
        }

        StoreFolder.Create(storePath, scope);
        using var held = StoreLock.Take(storePath, StoreLock.Patience);
        if (Read() is { } made)
        {
            return made;
        }

        var key = RandomNumberGenerator.GetBytes(KeyRing.Size);
        var fresh = Path + ".new";
        if (isInOwnFolder || !Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
        {
            StoreFolder.CreatePrivate(System.IO.Path.GetDirectoryName(Path)!, scope);
        }

        using (var file = PrivateFile.Open(fresh, FileMode.Create, FileShare.None))
        {
            file.Write(!isInOwnFolder ? Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n")
                : OperatingSystem.IsWindows() ? ProtectedData.Protect(key, null, Protection()) : key);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, Path);
        return key;
    }

    private void CheckPrivate()
    {
        if (isInOwnFolder)
        {
            OwnFolder.CheckPrivate(System.IO.Path.GetDirectoryName(Path)!);
            OwnFolder.CheckPrivate(Path);
        }
        else if (!OperatingSystem.IsWindows() && SecretFile.IsOpenToOthers(File.GetUnixFileMode(Path), Path))
        {
            throw SecretErrors.KeyFileNotPrivate(Path);
        }
    }

    [SupportedOSPlatform("windows")]
    private DataProtectionScope Protection() =>
        scope == StoreScope.Machine ? DataProtectionScope.LocalMachine : DataProtectionScope.CurrentUser;
}
