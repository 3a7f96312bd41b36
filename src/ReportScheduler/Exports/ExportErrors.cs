namespace ReportScheduler.Exports;

internal static class ExportErrors
{
    public static ReportException TemplateOptionNotUsable(string option, string path) =>
        new(nameof(TemplateOptionNotUsable), ReportErrorCategory.InvalidArgument, option,
            $"-{option} cannot be used with the template '{path}': a workbook made from a template looks as the template does. "
                + "Put it into the template, or leave out one of the two.");

    public static ReportException GroupByNotUsable(string dataset, string value, string reason) =>
        new(nameof(GroupByNotUsable), ReportErrorCategory.InvalidArgument, value, $"'{dataset}' cannot be grouped: {reason}");

    public static ReportException PivotNotUsable(string dataset, string value, string reason) =>
        new(nameof(PivotNotUsable), ReportErrorCategory.InvalidArgument, value, $"-Pivot of '{dataset}' cannot be used: {reason}");

    public static ReportException NativePivotNotUsable(string dataset, string reason) =>
        new(nameof(NativePivotNotUsable), ReportErrorCategory.InvalidArgument, dataset,
            $"-NativePivot of '{dataset}' cannot be used: {reason}");

    public static ReportException FileNotWritten(string path, Exception inner) =>
        new(nameof(FileNotWritten), ReportErrorCategory.WriteError, path,
            IsDiskFull(inner)
                ? $"The file '{path}' was not written: the disk is full. Free some space, or shorten -KeepFilesFor so that files of "
                    + "earlier runs go sooner."
                : $"The file '{path}' was not written. Check that the folder exists and that this account may write to it: {inner.Message}",
            inner);

    // ENOSPC and EDQUOT on Linux and macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static bool IsDiskFull(Exception error) =>
        OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) is 0x70 or 0x27 : error.HResult is 28 or 122 or 69;
}
