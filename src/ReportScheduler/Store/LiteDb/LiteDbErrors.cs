using ReportScheduler.Files;

namespace ReportScheduler.Store.LiteDb;

internal static class LiteDbErrors
{
    public static ReportException StoreNotReadable(string path, Exception? inner) =>
        new(nameof(StoreNotReadable), ReportErrorCategory.InvalidData, path,
            $"'{path}' cannot be read as a report store; it was left as it is. "
                + "Restore-ReportStore brings a backup back and keeps this file aside; "
                + $"or give another -StorePath{FileErrors.Driver(inner)}",
            inner);

    public static ReportException StoreValueTooLarge(string path) =>
        new(nameof(StoreValueTooLarge), ReportErrorCategory.InvalidData, path,
            $"The store '{path}' is a file, which takes 16 MB of a definition or a run at most; nothing was changed. Make the query, "
                + "template or picture smaller, or keep it in a database.");

    public static ReportException StoreUnexpected(string path, Exception cause) =>
        new(nameof(StoreUnexpected), ReportErrorCategory.InvalidOperation, path,
            $"Unexpected error while the store '{path}' was used; nothing was changed: {cause.GetType().Name}: {cause.Message}", cause);

    public static ReportException StoreTooNew(string path, int found, int known) =>
        new(nameof(StoreTooNew), ReportErrorCategory.InvalidData, path,
            $"The store '{path}' has the format {found}, written by a newer ReportScheduler; this one knows formats up to {known}. "
                + "Update the module here too.");

    public static ReportException StoreDenied(string path, Exception inner) =>
        new(nameof(StoreDenied), ReportErrorCategory.PermissionDenied, path,
            $"The account '{Environment.UserName}' may not read and write the store '{path}' and its folder. "
                + $"Run as its owner, or give another -StorePath{FileErrors.Driver(inner)}", inner);

    public static ReportException StoreReadOnly(string path, Exception inner) =>
        new(nameof(StoreReadOnly), ReportErrorCategory.WriteError, path,
            $"The store '{path}' is read-only. Make the file and its folder writable, or give another -StorePath{FileErrors.Driver(inner)}",
            inner);

    public static ReportException StoreDiskFull(string path, Exception? inner) =>
        new(nameof(StoreDiskFull), ReportErrorCategory.ResourceUnavailable, path,
            $"The disk of the store '{path}' is full, or almost; nothing was changed. "
                + $"Free some space and try again{FileErrors.Driver(inner)}", inner);

    public static ReportException BackupExists(string folder) =>
        new(nameof(BackupExists), ReportErrorCategory.ResourceExists, folder,
            $"'{folder}' is there already and not empty. Give a folder that is missing or empty; a backup never overwrites another.");

    public static ReportException BackupFailed(string folder, Exception inner) =>
        new(nameof(BackupFailed), ReportErrorCategory.WriteError, folder,
            $"The backup could not be written to '{folder}'. Choose a folder that this account can write{FileErrors.Driver(inner)}", inner);

    public static ReportException BackupNotFound(string folder) =>
        new(nameof(BackupNotFound), ReportErrorCategory.ObjectNotFound, folder,
            $"'{folder}' is not a backup: it has no file reports.db. Give the folder that Backup-ReportStore wrote.");

    public static ReportException RestoreFailed(string path, Exception inner) =>
        new(nameof(RestoreFailed), ReportErrorCategory.WriteError, path,
            $"The backup could not be put in the place of '{path}'; files that end in .old are what was there. "
                + $"Stop the runners and check the rights of the folder{FileErrors.Driver(inner)}", inner);
}
