namespace ReportScheduler.Definitions;

internal static class DefinitionErrors
{
    public static ReportException DefinitionFileNotReadable(string path, string reason, Exception? inner = null) =>
        new(nameof(DefinitionFileNotReadable), ReportErrorCategory.ReadError, path,
            $"'{path}' cannot be imported: {reason.TrimEnd('.')}. Give a file or folder that Export-ReportTask wrote, or the tasks.json "
                + "of the Python tool.", inner);

    public static ReportException DefinitionNotWritten(string path, Exception inner) =>
        new(nameof(DefinitionNotWritten), ReportErrorCategory.WriteError, path,
            $"'{path}' cannot be written. Check the path and its rights: {inner.Message}", inner);

    public static ReportException GatheringNotUsable(string dataset, string reason) =>
        new(nameof(GatheringNotUsable), ReportErrorCategory.InvalidArgument, dataset,
            $"The rows of '{dataset}' cannot be gathered from many servers: {reason}. "
                + "Give -Connection names or a wildcard, or one -Connection with -Server.");

    public static ReportException QueryMissing(string task) =>
        new(nameof(QueryMissing), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' has no query. Give -Query, -QueryPath, -Script or -Dataset.");

    public static ReportException QueryAmbiguous(string task) =>
        new(nameof(QueryAmbiguous), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' has more than one source of rows. Give one of -Query, -QueryPath, -Script and -Dataset.");

    public static ReportException DatasetNotUsable(string name, string reason) =>
        new(nameof(DatasetNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"The dataset '{name}' cannot be used: {reason}. Give -Dataset what New-ReportDataset returns, or names and SQL texts such "
                + $"as [ordered]@{{ Sales = 'select ...' }}.");

    public static ReportException ChartNotUsable(string chart, string reason, string remedy) =>
        new(nameof(ChartNotUsable), ReportErrorCategory.InvalidArgument, chart,
            $"The chart '{chart}' cannot be drawn: {reason}. {remedy}");

    public static ReportException SplitColumnEmpty(string task) =>
        new(nameof(SplitColumnEmpty), ReportErrorCategory.InvalidArgument, task,
            $"The -SplitBy of the task '{task}' is blank. Give the name of a column of its query, or $null for one report.");

    public static ReportException SplitOptionWithoutColumn(string option, string task) =>
        new(nameof(SplitOptionWithoutColumn), ReportErrorCategory.InvalidArgument, task,
            $"-{option} is for a split report, and the task '{task}' has no -SplitBy. "
                + $"Give -SplitBy, the column whose values the parts are made for, or leave -{option} out.");

    public static ReportException SplitNotCompared(string task) =>
        new(nameof(SplitNotCompared), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' has -SplitBy with a -SendWhen that asks for changes, which each part is asked for by itself, and -RemindAfter "
                + "and -OnRecovered are about a report as a whole. Leave them out.");

    public static ReportException RecipientsQueryEmpty(string task) =>
        new(nameof(RecipientsQueryEmpty), ReportErrorCategory.InvalidArgument, task,
            $"The -Recipients of the task '{task}' has an empty query. Give the SQL text of a query with the columns key and to.");

    public static ReportException NothingToMake(string task) =>
        new(nameof(NothingToMake), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' would make nothing: it has neither a format nor a recipient. Give -Format, such as Excel, or -To.");

    public static ReportException CultureUnknown(string name) =>
        new(nameof(CultureUnknown), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' is not a culture this computer knows. Give a name such as en-US or de-DE.");

    public static ReportException ValueOutOfRange(string member, object value, string allowed) =>
        new(nameof(ValueOutOfRange), ReportErrorCategory.InvalidArgument, value,
            $"'{value}' cannot be the {member}. Give {allowed}.");

    public static ReportException FormatRepeated(ReportFormat format) =>
        new(nameof(FormatRepeated), ReportErrorCategory.InvalidArgument, format,
            $"The format {format} is given more than once. Give each format once.");

    public static ReportException KeyColumnNeeded(string task, string condition) =>
        new(nameof(KeyColumnNeeded), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' is to be delivered when '{condition}', and nothing says which rows are the same. "
                + "Give -KeyColumn the columns by which a row is known, such as id.");

    public static ReportException ParameterLabelNotUsable(string task, string parameter, string why) =>
        new(nameof(ParameterLabelNotUsable), ReportErrorCategory.InvalidArgument, parameter,
            $"The label of the parameter '{parameter}' of the task '{task}' cannot be used: {why}.");

    public static ReportException KeyColumnNotUsable(string task) =>
        new(nameof(KeyColumnNotUsable), ReportErrorCategory.InvalidArgument, task,
            $"-KeyColumn of the task '{task}' has an empty name, or a name twice. Give the names of different columns.");

    public static ReportException ConditionNeeded(string task, string parameter) =>
        new(nameof(ConditionNeeded), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' is delivered by each run, so {parameter} has nothing to follow. "
                + "Give -SendWhen HasRows or a condition such as 'rows > 100' as well.");

    /// <param name="task">The task's name.</param>
    /// <param name="part">What is read from no connection: "The task 'x'" or a part of it.</param>
    public static ReportException ConnectionNeeded(string task, string part) =>
        new(nameof(ConnectionNeeded), ReportErrorCategory.InvalidArgument, task,
            $"{part} has no connection. Give -Connection; Get-ReportConnection lists the names, New-ReportConnection "
                + "makes one.");
}
