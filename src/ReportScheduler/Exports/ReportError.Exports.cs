using System.Globalization;

namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException ColumnOptionNotUsable(string option, string column, object? value, string allowed) =>
        new(nameof(ColumnOptionNotUsable), ReportErrorCategory.InvalidArgument, value ?? column,
            $"'{value}' cannot be the -{option} of the column '{column}'. Give {allowed}.");

    public static ReportException HighlightNotUsable(string column, object? value, string reason) =>
        new(nameof(HighlightNotUsable), ReportErrorCategory.InvalidArgument, value ?? column,
            $"'{value}' cannot be the -Highlight of the column '{column}': {reason}. Give rules such as 'greater 1000 red', 'between 1 5', 'text Paris green', 'top 10', 'databar', 'colorscale' or 'icons'.");

    public static ReportException AllColumnsHidden(string dataset) =>
        new(nameof(AllColumnsHidden), ReportErrorCategory.InvalidArgument, dataset,
            $"-Hide hides every column of the dataset '{dataset}', and nothing is left to show. Leave one out of -Hide.");

    public static ReportException OptionsNotFollowed(string task, IEnumerable<string> problems) =>
        new(nameof(OptionsNotFollowed), ReportErrorCategory.InvalidArgument, task,
            $"{string.Join(' ', problems)} Change the task with Set-ReportTask.");

    public static ReportException TooManyColumns(string dataset, int columns) =>
        new(nameof(TooManyColumns), ReportErrorCategory.InvalidData, dataset,
            $"The dataset '{dataset}' has {columns} columns, and a worksheet holds 16,384. Select fewer, or use -Format Csv or Json.");

    public static ReportException CellTooLarge(string column, int length, int limit) =>
        new(nameof(CellTooLarge), ReportErrorCategory.InvalidData, column,
            string.Create(CultureInfo.InvariantCulture, $"A value of the column '{column}' has {length:N0} characters or bytes, and a report can show {limit:N0} of one value. Select a part of it, such as the first 1,000, or leave the column out."));

    public static ReportException FileNotWritten(string path, Exception inner) =>
        new(nameof(FileNotWritten), ReportErrorCategory.WriteError, path,
            IsDiskFull(inner)
                ? $"The file '{path}' was not written: the disk is full. Free some space, or shorten -KeepFilesFor so that files of earlier runs go sooner."
                : $"The file '{path}' was not written. Check that the folder exists and that this account may write to it: {inner.Message}",
            inner);

    // ENOSPC and EDQUOT on Linux and macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static bool IsDiskFull(Exception error) =>
        OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) is 0x70 or 0x27 : error.HResult is 28 or 122 or 69;
}
