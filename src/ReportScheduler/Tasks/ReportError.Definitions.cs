namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException DefinitionFileNotReadable(string path, string reason, Exception? inner = null) =>
        new(nameof(DefinitionFileNotReadable), ReportErrorCategory.ReadError, path,
            $"'{path}' cannot be imported: {reason.TrimEnd('.')}. Give a file or folder that Export-ReportTask wrote, or the tasks.json of the Python tool.", inner);

    public static ReportException DefinitionNotUsable(string path, string name, string reason) =>
        new(nameof(DefinitionNotUsable), ReportErrorCategory.InvalidData, name,
            $"'{name}' in '{path}' cannot be imported: {reason}. Correct the file and import it again.");

    public static ReportException DefinitionNotWritten(string path, Exception inner) =>
        new(nameof(DefinitionNotWritten), ReportErrorCategory.WriteError, path,
            $"'{path}' cannot be written. Check the path and its rights: {inner.Message}", inner);

    public static ReportException CronFieldNotSayable(string task, string field, string value, string reason) =>
        new(nameof(CronFieldNotSayable), ReportErrorCategory.InvalidData, field,
            $"The cron field '{field}' of the task '{task}' is '{value}', and cron text cannot say that: {reason}. Change the field and import again.");
}
