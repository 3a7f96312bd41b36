namespace ReportScheduler.Delivery.Folder;

internal static class FolderErrors
{
    public static ReportException DropExists(string path) =>
        new(nameof(DropExists), ReportErrorCategory.ResourceExists, path,
            $"'{path}' is there already, and the task says -ExistingFile Fail. Remove it, or use Overwrite or Number.");
}
