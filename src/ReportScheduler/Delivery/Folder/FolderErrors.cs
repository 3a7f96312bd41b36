namespace ReportScheduler.Delivery.Folder;

internal static class FolderErrors
{
    public static ReportException DestinationNeedsFormat(string folder) =>
        new(nameof(DestinationNeedsFormat), ReportErrorCategory.InvalidArgument, folder,
            $"No file would be put in '{folder}': the task has no format. Give -Format, such as Excel.");

    public static ReportException DropExists(string path) =>
        new(nameof(DropExists), ReportErrorCategory.ResourceExists, path,
            $"'{path}' exists already, and the task has -ExistingFile Fail. Remove it, or use Overwrite or Number.");

    public static ReportException DropFileMissing(string path) =>
        new(nameof(DropFileMissing), ReportErrorCategory.ObjectNotFound, path,
            $"The file '{path}' of the report is not on this computer; nothing was put in the folder. Of a store that several computers "
                + "share, more than 25 MB of a report are on the one that made it alone, unless Set-ReportSchedulerOption -FilesPath names "
                + "a share: a runner there, or Send-ReportRun, can put it in the folder. Else make it again with Invoke-ReportTask.")
        { IsTransient = true };
}
