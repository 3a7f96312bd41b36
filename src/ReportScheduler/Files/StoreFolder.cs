using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ReportScheduler.Files;

/// <summary>Makes the folders of a store so that only the right accounts get in.</summary>
internal static class StoreFolder
{
    /// <summary>Makes the folder of the store file when it is missing. One that exists keeps its rights.</summary>
    public static void Create(string storePath, StoreScope scope)
    {
        var folder = Path.GetDirectoryName(storePath)!;
        if (Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows() && scope == StoreScope.User)
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            CreatePrivate(folder, scope);
        }
    }

    /// <summary>Makes a folder for its owner only: mode 0700 on Unix; on Windows an access list
    /// of administrators, SYSTEM and, in a user's store, the user.</summary>
    public static void CreatePrivate(string folder, StoreScope scope)
    {
        if (!OperatingSystem.IsWindows())
        {
            PrivateFile.CreateFolder(folder);
        }
        else if (!Directory.Exists(folder))
        {
            CreateWithAccessList(folder, scope);
        }
    }

    [SupportedOSPlatform("windows")]
    private static void CreateWithAccessList(string folder, StoreScope scope)
    {
        var rights = new DirectorySecurity();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        List<SecurityIdentifier> accounts =
        [
            new(WellKnownSidType.BuiltinAdministratorsSid, null),
            new(WellKnownSidType.LocalSystemSid, null),
        ];
        if (scope == StoreScope.User && WindowsIdentity.GetCurrent().User is { } user)
        {
            accounts.Add(user);
        }

        foreach (var account in accounts)
        {
            rights.AddAccessRule(new FileSystemAccessRule(
                account, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
                PropagationFlags.None, AccessControlType.Allow));
        }

        rights.CreateDirectory(folder);
    }
}
