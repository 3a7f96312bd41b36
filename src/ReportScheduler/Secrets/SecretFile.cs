using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using System.Text;
using ReportScheduler.Files;

namespace ReportScheduler.Secrets;

/// <summary>A file with one secret in it, as Docker, Kubernetes and systemd (LoadCredential) put it there.</summary>
internal static class SecretFile
{
    /// <summary>Where systemd puts the credentials of a service (https://systemd.io/CREDENTIALS).</summary>
    private const string CredentialsFolder = "CREDENTIALS_DIRECTORY";

    private const int Longest = 64 * 1024;

    /// <summary>The text of the file without the line end behind it.</summary>
    /// <param name="reference">The reference, for messages.</param>
    /// <param name="path">A full path, or the name of a credential of systemd.</param>
    /// <exception cref="ReportException">It is not there, is open to others, or has no secret in it.</exception>
    public static string Read(string reference, string path)
    {
        var full = Locate(reference, path);
        try
        {
            using var file = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read);
            CheckPrivate(file, reference, full);
            if (file.Length > Longest)
            {
                throw SecretErrors.SecretFileNotUsable(reference, full, $"it has more than {Longest / 1024} KB");
            }

            using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            var text = reader.ReadToEnd();
            text = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
            return text.Length > 0 ? text : throw SecretErrors.SecretFileNotUsable(reference, full, "it is empty");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw SecretErrors.SecretFileNotReadable(reference, full, problem);
        }
    }

    private static string Locate(string reference, string path)
    {
        if (Path.IsPathFullyQualified(path))
        {
            return path;
        }

        var isName = Path.GetFileName(path) == path && path is not ("." or "..");
        return isName && Environment.GetEnvironmentVariable(CredentialsFolder) is { Length: > 0 } folder
            ? Path.Combine(folder, path)
            : throw SecretErrors.SecretFileNotUsable(reference, path, isName
                ? $"it is a name without a folder, which stands for a credential of systemd, and {CredentialsFolder} is not set here"
                : "it is no full path");
    }

    /// <summary>Of the open file and not of its name, which may be another one's by then; links are followed.</summary>
    private static void CheckPrivate(FileStream file, string reference, string path)
    {
        var isOpen = OperatingSystem.IsWindows() ? IsOpenToOthers(file) : IsOpenToOthers(File.GetUnixFileMode(file.SafeFileHandle), path);
        if (isOpen)
        {
            throw SecretErrors.SecretFileNotPrivate(reference, path);
        }
    }

    /// <summary>The group may read it where this account cannot be its owner: Kubernetes gives a pod its secrets so.</summary>
    internal static bool IsOpenToOthers(UnixFileMode mode, string path) =>
        (mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)) != UnixFileMode.None
        || ((mode & UnixFileMode.GroupRead) != UnixFileMode.None && OwnFolder.IsOwn(path));

    [SupportedOSPlatform("windows")]
    private static bool IsOpenToOthers(FileStream file) =>
        file.GetAccessControl().GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>()
            .Any(rule => rule.AccessControlType == AccessControlType.Allow && rule.FileSystemRights.HasFlag(FileSystemRights.ReadData)
                && rule.IdentityReference is SecurityIdentifier account
                && (account.IsWellKnown(WellKnownSidType.WorldSid) || account.IsWellKnown(WellKnownSidType.BuiltinUsersSid)
                    || account.IsWellKnown(WellKnownSidType.AuthenticatedUserSid)));
}
