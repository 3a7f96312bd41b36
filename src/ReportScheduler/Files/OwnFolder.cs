using System.Runtime.InteropServices;

namespace ReportScheduler.Files;

/// <summary>Refuses what others may have had their hands in, as StrictModes of OpenSSH does: of another owner, or open to others.</summary>
/// <remarks>On Unix only: on Windows the access list is made with the folder. Owners are known on Linux.</remarks>
internal static partial class OwnFolder
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const int CurrentFolder = -100;
    private const uint WantsOwner = 0x8;
    private const int OwnerAt = 20;

    /// <summary>Checks a file or folder; one that is not there is fine.</summary>
    /// <exception cref="ReportException">NotPrivate.</exception>
    public static void CheckPrivate(string path)
    {
        if (Problem(path) is { } problem)
        {
            throw problem;
        }
    }

    /// <summary>Whether a file or folder is used by nobody else; one that is not there is not.</summary>
    public static bool IsPrivate(string path) => Problem(path) is null;

    /// <summary>Whether a file belongs to the account of this process; true where that cannot be asked.</summary>
    public static bool IsOwn(string path) => OwnerOf(path) is not { } owner || owner == geteuid();

    private static ReportException? Problem(string path)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(path))
        {
            return null;
        }

        if ((File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            return FileErrors.NotPrivate(path, "other accounts may use it", $"Look what is in it, then close it: chmod go-rwx '{path}'.");
        }
        // whoever may do everything works on the stores of others too
        return OwnerOf(path) is { } owner && owner != 0 && owner != geteuid() && !(geteuid() == 0 && owner == OwnerOf(StoreFolderOf(path)))
            ? FileErrors.NotPrivate(path, $"it belongs to another account (the user id {owner})",
                $"Look what is in it, then make it the right account's: chown '{path}'.")
            : null;
    }

    private static string StoreFolderOf(string path) =>
        Path.GetDirectoryName(path) is { } parent && Path.GetFileName(parent) == "keys"
            ? Path.GetDirectoryName(parent)!
            : Path.GetDirectoryName(path)!;

    /// <summary>statx(2): the owner is the fifth field of its structure. Null where it cannot be asked.</summary>
    private static uint? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var answer = new byte[256];
            return statx(CurrentFolder, path, 0, WantsOwner, answer) == 0 ? BitConverter.ToUInt32(answer, OwnerAt) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, byte[] answer);

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
