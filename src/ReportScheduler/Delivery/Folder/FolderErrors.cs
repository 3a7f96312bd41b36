namespace ReportScheduler.Delivery.Folder;

internal static class FolderErrors
{
    public static ReportException DestinationNeedsFormat(string folder) =>
        new(nameof(DestinationNeedsFormat), ReportErrorCategory.InvalidArgument, folder,
            $"No file would be put in '{folder}': the task has no format. Give -Format, such as Excel.");

    public static ReportException DropExists(string path) =>
        new(nameof(DropExists), ReportErrorCategory.ResourceExists, path,
            $"'{path}' exists already, and the task has -ExistingFile Fail. Remove it, or use Overwrite or Number.");
}
