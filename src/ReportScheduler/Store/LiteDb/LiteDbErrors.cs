using ReportScheduler.Files;
using ReportScheduler.Text;

namespace ReportScheduler.Store.LiteDb;

internal static class LiteDbErrors
{
    public static ReportException RequestDiffers() =>
        new(nameof(RequestDiffers), ReportErrorCategory.ResourceExists, null,
            "This Idempotency-Key was used with another request. Give each request a key of its own.");

    public static ReportException RequestForgotten() =>
        new(nameof(RequestForgotten), ReportErrorCategory.ResourceExists, null,
            "The request with this Idempotency-Key was carried out, and its run was removed from the history since. Give a new key to run the report again.");

    public static ReportException NameTaken(string noun, string name) =>
        new(nameof(NameTaken), ReportErrorCategory.ResourceExists, name,
            $"There is a {Words(noun)} named '{name}' already. Choose another name, change it with Set-{noun}, or replace it with New-{noun} -Force.");

    public static ReportException NotFound(string noun, string name, IEnumerable<string> known) =>
        new(nameof(NotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No {Words(noun)} is named '{name}'.{NearMiss.Hint(name, known)} Get-{noun} lists the names.");

    public static ReportException TaskChangedMeanwhile(string name) =>
        new(nameof(TaskChangedMeanwhile), ReportErrorCategory.ResourceBusy, name,
            $"The report task '{name}' was changed by another process at the same moment; that change stays. Try again.")
        { IsTransient = true };

    public static ReportException RecordNotReadable(string noun, string name, string problem) =>
        new(nameof(RecordNotReadable), ReportErrorCategory.InvalidData, name,
            $"The {Words(noun)} '{name}' in the store cannot be read by this version; nothing else is affected. Replace it with New-{noun} -Force, or remove it with Remove-{noun}: {problem}");

    public static ReportException RunNotReadable(string id, string problem) =>
        new(nameof(RunNotReadable), ReportErrorCategory.InvalidData, id,
            $"The record of the run '{id}' in the store is damaged, or of another version, and cannot be read; nothing else is affected. Remove-ReportRun -Id removes it: {problem}");

    public static ReportException NameTooLong(string noun, string name, int limit) =>
        new(nameof(NameTooLong), ReportErrorCategory.InvalidArgument, name,
            $"The name '{name[..40]}...' of the {Words(noun)} has {name.Length} characters. Give one of at most {limit}.");

    public static ReportException ValueCannotBeKept(object value) =>
        new(nameof(ValueCannotBeKept), ReportErrorCategory.InvalidArgument, value,
            $"'{value}' is a {value.GetType().Name}, which cannot be kept in a report task. Give text, a number, a date, a duration, a GUID, bytes, or an array of them.");

    public static ReportException StoreNotReadable(string path, Exception? inner) =>
        new(nameof(StoreNotReadable), ReportErrorCategory.InvalidData, path,
            $"'{path}' cannot be read as a report store; it was left as it is. Restore-ReportStore brings a backup back and keeps this file aside; or give another -StorePath{FileErrors.Driver(inner)}", inner);

    public static ReportException StoreUnexpected(string path, Exception cause) =>
        new(nameof(StoreUnexpected), ReportErrorCategory.InvalidOperation, path,
            $"Unexpected error while the store '{path}' was used; nothing was changed: {cause.GetType().Name}: {cause.Message}", cause);

    public static ReportException StoreTooNew(string path, int found, int known) =>
        new(nameof(StoreTooNew), ReportErrorCategory.InvalidData, path,
            $"The store '{path}' has the format {found}, written by a newer ReportScheduler; this one knows formats up to {known}. Update the module here too.");

    public static ReportException StoreDenied(string path, Exception inner) =>
        new(nameof(StoreDenied), ReportErrorCategory.PermissionDenied, path,
            $"The account '{Environment.UserName}' may not read and write the store '{path}' and its folder. Run as its owner, or give another -StorePath{FileErrors.Driver(inner)}", inner);

    public static ReportException StoreReadOnly(string path, Exception inner) =>
        new(nameof(StoreReadOnly), ReportErrorCategory.WriteError, path,
            $"The store '{path}' is read-only. Make the file and its folder writable, or give another -StorePath{FileErrors.Driver(inner)}", inner);

    public static ReportException StoreDiskFull(string path, Exception? inner) =>
        new(nameof(StoreDiskFull), ReportErrorCategory.ResourceUnavailable, path,
            $"The disk of the store '{path}' is full, or almost; nothing was changed. Free some space and try again{FileErrors.Driver(inner)}", inner);

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
            $"The backup could not be put in the place of '{path}'; files that end in .old are what was there. Stop the runners and check the rights of the folder{FileErrors.Driver(inner)}", inner);

    private static string Words(string noun) => noun switch
    {
        "ReportTask" => "report task",
        "ReportConnection" => "report connection",
        "ReportMailServer" => "report mail server",
        "ReportIdentity" => "report identity",
        "ReportSchedulerKey" => "key",
        _ => noun,
    };
}
