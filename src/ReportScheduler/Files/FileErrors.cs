namespace ReportScheduler.Files;

internal static class FileErrors
{
    public static ReportException NotPrivate(string path, string why, string remedy) =>
        new(nameof(NotPrivate), ReportErrorCategory.PermissionDenied, path,
            $"'{path}' is not used, because {why}, so other accounts could read or change reports and passwords there. {remedy}");

    public static ReportException StoreBusy(string path, TimeSpan waited) =>
        new(nameof(StoreBusy), ReportErrorCategory.ResourceBusy, path,
            $"The store '{path}' was in use by another process for {waited.TotalSeconds:0.#} seconds. Try again; "
                + $"if it stays so, see which process has '{path}.lock' open.")
        { IsTransient = true };

    public static ReportException StoreLockUseless(string path, string lockPath) =>
        new(nameof(StoreLockUseless), ReportErrorCategory.ResourceUnavailable, path,
            $"The lock of the store '{path}' does not work: '{lockPath}' could be locked twice, so that two processes would overwrite "
                + "each other's changes. Put the store on a local disk, or on a file system with locks, and do not set "
                + "DOTNET_SYSTEM_IO_DISABLEFILELOCKING.");

    public static ReportException StoreLockReplaced(string path, string lockPath) =>
        new(nameof(StoreLockReplaced), ReportErrorCategory.ResourceBusy, path,
            $"The lock file '{lockPath}' was removed or replaced while the store '{path}' was in use; nothing was changed. "
                + "Try again, and find what removes the file, such as a clean-up job: the lock cannot work meanwhile.")
        { IsTransient = true };

    public static ReportException StoreStuck(string path, TimeSpan limit) =>
        new(nameof(StoreStuck), ReportErrorCategory.ResourceUnavailable, path,
            $"One operation on the store '{path}' has been hanging for {limit.TotalSeconds:0} seconds and blocks the store for all other "
                + "processes: this process is ended. Check the disk of the store, or bring a backup back with Restore-ReportStore.");

    public static ReportException StoreUnreachable(string path, Exception inner) =>
        new(nameof(StoreUnreachable), ReportErrorCategory.ResourceUnavailable, path,
            $"The store '{path}' cannot be used. Check the path, or give another -StorePath{Driver(inner)}", inner);

    /// <summary>The folder of the store is missing and cannot be made.</summary>
    public static ReportException StoreUnreachable(string path, string folder, Exception inner) =>
        new(nameof(StoreUnreachable), ReportErrorCategory.ResourceUnavailable, path,
            $"The store '{path}' cannot be used: its folder '{folder}' is not there and cannot be made. "
                + "Give a -StorePath in a folder that this account may write to.", inner);

    public static string Driver(Exception? inner) => inner is null ? "." : $": {inner.Message}";
}
