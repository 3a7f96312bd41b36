using ReportScheduler.Schedules;
using ReportScheduler.Tasks;

namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException TaskNotFound(string name, IEnumerable<string> known) =>
        new(nameof(TaskNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report task is named '{name}'.{NearMiss.Hint(name, known)} Get-ReportTask lists the names.");

    public static ReportException TaskNotInEmptyStore(string name, string storePath) =>
        new(nameof(TaskNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report task is named '{name}': the store '{storePath}' has no tasks at all. Give the -StorePath or -Scope of the store that has it, or make it with New-ReportTask.");

    public static ReportException NameNotUsable(string name, string reason) =>
        new(nameof(NameNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' cannot be a name: {reason}. Give 1 to {ReportName.Longest} characters without *, ?, [, ], ` and control characters.");

    public static ReportException ScheduleAmbiguous(string task, string members) =>
        new(nameof(ScheduleAmbiguous), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' has more than one schedule: {members}. Give one of -Cron, -Every and -At.");

    public static ReportException ScheduleWindowEmpty(string task, DateTimeOffset startAt, DateTimeOffset endAt) =>
        new(nameof(ScheduleWindowEmpty), ReportErrorCategory.InvalidArgument, task,
            $"The schedule of '{task}' ends at {InstantText.Of(endAt)}, before it starts at {InstantText.Of(startAt)}. Give an -EndAt after -StartAt.");

    public static ReportException NeverDue(string task, string schedule) =>
        new(nameof(NeverDue), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' will never be due: its schedule ({schedule}) has no time left, and it never ran. Give another -At, -EndAt or -Cron; Invoke-ReportTask runs it now.");

    public static ReportException CronEmpty() =>
        new(nameof(CronEmpty), ReportErrorCategory.InvalidArgument, "-Cron",
            "-Cron is empty. A word with @ needs quotes, because PowerShell takes @weekly without them for something else: -Cron '@weekly'. Leave -Cron out for a task without a schedule.");

    public static ReportException QueryMissing(string task) =>
        new(nameof(QueryMissing), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' has no query. Give -Query, -QueryPath or -Datasets.");

    public static ReportException QueryAmbiguous(string task) =>
        new(nameof(QueryAmbiguous), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' has both a query and datasets. Give -Query, -QueryPath or -Datasets, one of them.");

    public static ReportException DatasetNotUsable(string name, string reason) =>
        new(nameof(DatasetNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"The dataset '{name}' cannot be used: {reason}. Give -Datasets as name = SQL text, such as [ordered]@{{ Sales = 'select ...' }}.");

    public static ReportException NothingToMake(string task) =>
        new(nameof(NothingToMake), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' would make nothing: it has neither a format nor a recipient. Give -Format, such as Excel, or -To.");

    public static ReportException DestinationNeedsFormat(string folder) =>
        new(nameof(DestinationNeedsFormat), ReportErrorCategory.InvalidArgument, folder,
            $"Nothing would be put in '{folder}': the task has no format. Give -Format, such as Excel.");

    public static ReportException CultureUnknown(string name) =>
        new(nameof(CultureUnknown), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' is not a culture this computer knows. Give a name such as en-US or de-DE.");

    public static ReportException ValueOutOfRange(string member, object value, string allowed) =>
        new(nameof(ValueOutOfRange), ReportErrorCategory.InvalidArgument, value,
            $"'{value}' cannot be the {member}. Give {allowed}.");

    public static ReportException FileNotFound(string path, string purpose) =>
        new(nameof(FileNotFound), ReportErrorCategory.ObjectNotFound, path,
            $"There is no file '{path}' for the {purpose}. Give the path of a file that exists.");

    public static ReportException FolderNotUsable(string path, string reason, Exception? inner = null) =>
        new(nameof(FolderNotUsable), ReportErrorCategory.InvalidArgument, path,
            $"'{path}' cannot be the folder for the files: {reason.TrimEnd('.')}. Give a folder that this account may write to.", inner);

    public static ReportException FormatUnknown(string name) =>
        new(nameof(FormatUnknown), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' is not a format. The formats are {string.Join(", ", Enum.GetNames<ReportFormat>())}.");

    public static ReportException FormatRepeated(ReportFormat format) =>
        new(nameof(FormatRepeated), ReportErrorCategory.InvalidArgument, format,
            $"The format {format} is given more than once. Give each format once.");

    public static ReportException MailServerNeeded(string task, IReadOnlyList<string> servers) =>
        new(nameof(MailServerNeeded), ReportErrorCategory.InvalidArgument, task, servers.Count == 0
            ? $"The task '{task}' has recipients, but there is no report mail server. Make one with New-ReportMailServer."
            : $"The task '{task}' has recipients, and there are {servers.Count} report mail servers. Say which one with -MailServer: {EnglishText.List(servers.Select(name => $"'{name}'"), "or")}.");

    public static ReportException ConnectionNeeded(string task) =>
        new(nameof(ConnectionNeeded), ReportErrorCategory.InvalidArgument, task,
            $"The task '{task}' has no connection. Give -Connection; Get-ReportConnection lists the names, New-ReportConnection makes one.");

    public static ReportException NobodyToAsk(string question, Exception inner) =>
        new(nameof(NobodyToAsk), ReportErrorCategory.InvalidOperation, question,
            $"Nobody can answer '{question}': there is no terminal. Run -Interactive at a prompt, or leave it out and give the parameters.", inner);
}
