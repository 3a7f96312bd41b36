namespace ReportScheduler.Definitions.Python;

internal static class PythonErrors
{
    public static ReportException DefinitionNotUsable(string path, string name, string reason) =>
        new(nameof(DefinitionNotUsable), ReportErrorCategory.InvalidData, name,
            $"'{name}' in '{path}' cannot be imported: {reason.TrimEnd('.')}{(reason.EndsWith('?') ? "" : ".")} "
                + "Correct the file and import it again.");

    public static ReportException CronFieldNotSayable(string task, string field, string value, string reason) =>
        new(nameof(CronFieldNotSayable), ReportErrorCategory.InvalidData, field,
            $"The cron field '{field}' of the task '{task}' is '{value}', which cron text cannot express: {reason}. "
                + "Change the field and import again.");
}
