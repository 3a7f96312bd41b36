using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ReportScheduler.Tests.Support;

/// <summary>File access without the rights of root, to whom nothing is forbidden.</summary>
internal static partial class OtherUser
{
    private const int Nobody = 65534;

    /// <summary>Gives a folder and what is in it to an ordinary user and does something with that
    /// user's rights to files; as it is when the tests run as one.</summary>
    public static void Try(string folder, Action action)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            action();
            return;
        }

        using (var chown = Process.Start("chown", ["-R", $"{Nobody}", folder]))
        {
            chown.WaitForExit();
        }

        // a thread of its own: the kernel keeps this user per thread
        Exception? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                _ = SetFileSystemUser(Nobody);
                action();
            }
            catch (Exception thrown)
            {
                problem = thrown;
            }
        });
        thread.Start();
        thread.Join();
        if (problem is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(problem);
        }
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetFileSystemUser(uint user);
}
