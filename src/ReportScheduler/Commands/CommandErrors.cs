using ReportScheduler.Text;

namespace ReportScheduler.Commands;

internal static class CommandErrors
{
    public static ReportException KeyNotInRun(ReportRun run, IEnumerable<string> keys)
    {
        var known = run.Deliveries.Select(delivery => delivery.Key).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return new(nameof(KeyNotInRun), ReportErrorCategory.ObjectNotFound, run.Id,
            $"The run '{run.Id}' of '{run.TaskName}' has no part "
                + $"{EnglishText.List(keys.Select(key => $"'{key}'"), "or")}.{NearMiss.Hint(string.Join(' ', keys), known)} "
            + (known.Count == 0 ? "It is not split: leave -Key out."
                : $"It has {EnglishText.First(known)}; "
                    + "Get-ReportRun shows its keys in Deliveries."));
    }

    public static ReportException TaskNotSplit(string task) =>
        new(nameof(TaskNotSplit), ReportErrorCategory.InvalidArgument, task,
            $"The report '{task}' is not split, so it has no part that -Key could name. Leave -Key out, or split it with "
                + "Set-ReportTask -SplitBy.");

    public static ReportException PatternNotUsable(string pattern, Exception inner) =>
        new(nameof(PatternNotUsable), ReportErrorCategory.InvalidArgument, pattern,
            $"'{pattern}' is not a valid wildcard pattern. Put ` before a literal [, as in '`[n'.", inner);

    public static ReportException PropertyNotUsable(string property) =>
        new(nameof(PropertyNotUsable), ReportErrorCategory.InvalidArgument, property,
            "-Property takes names, and no calculated properties. Put Select-Object in front for those.");

    public static ReportException ColumnsNeedDataset(string parameter, string task) =>
        new(nameof(ColumnsNeedDataset), ReportErrorCategory.InvalidArgument, task,
            $"-{parameter} is for a report with one dataset, and '{task}' has several. "
                + "Give it to New-ReportDataset of the dataset that is meant.");

    public static ReportException DatasetNotFound(string name, ReportTask task) =>
        new(nameof(DatasetNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"'{task.Name}' has no dataset '{name}'.{NearMiss.Hint(name, task.Datasets.Select(task.NameOf))} Its datasets are "
                + $"{EnglishText.List(task.Datasets.Select(dataset => $"'{task.NameOf(dataset)}'"), "and")}.");

    public static ReportException ChartMissing(string parameter) =>
        new(nameof(ChartMissing), ReportErrorCategory.InvalidArgument, parameter,
            $"-{parameter} is about a chart, and the report has none. Give -Chart Bar, Line or Pie too.");

    public static ReportException ChartOfSeveral(string parameter, int charts) =>
        new(nameof(ChartOfSeveral), ReportErrorCategory.InvalidArgument, parameter,
            $"-{parameter} is about one chart, and the report has {charts}. Give each its columns: New-ReportChart Bar region amount.");

    public static ReportException NotAPivot(string given, string reason) =>
        new(nameof(NotAPivot), ReportErrorCategory.InvalidArgument, given,
            $"-Pivot cannot be used: {reason}. Give it such as @{{ Rows = 'region'; Columns = 'month'; Value = 'amount'; "
                + $"Function = 'sum' }}.");

    public static ReportException NotADataset(string given) =>
        new(nameof(NotADataset), ReportErrorCategory.InvalidArgument, given,
            $"'{given}' is not a dataset. Give what New-ReportDataset returns, or names and SQL texts such as [ordered]@{{ Sales = "
                + $"'select ...' }}.");

    public static ReportException DatasetNeedsQuery(string name) =>
        new(nameof(DatasetNeedsQuery), ReportErrorCategory.InvalidArgument, name,
            $"The dataset '{name}' has no query. Give -Query with the SQL text, -QueryPath with a file, or -Script with a script block.");

    public static ReportException DatasetQueryTwice(string name) =>
        new(nameof(DatasetQueryTwice), ReportErrorCategory.InvalidArgument, name,
            $"The dataset '{name}' has more than one of -Query, -QueryPath and -Script. Give one of them.");

    public static ReportException FormatNotTold(string path) =>
        new(nameof(FormatNotTold), ReportErrorCategory.InvalidArgument, path,
            $"The extension of '{path}' does not belong to a report format. Give a path that ends in .xlsx, .pdf, .csv, .html or .json, or "
                + "give -Format.");

    public static ReportException ReportNotSent(string report, ReportDelivery mail) =>
        new(nameof(ReportNotSent), ReportErrorCategory.ConnectionError, report,
            $"The report '{report}' was not sent, and is not tried again. Send it again when the cause is gone: {mail.Error}");

    public static ReportException ReportNotSentToAll(string report, ReportDelivery mail) =>
        new(nameof(ReportNotSentToAll), ReportErrorCategory.ConnectionError, report,
            $"The report '{report}' was not sent to all recipients. Send it again to those who are missing: {mail.Error}");

    public static ReportException OneQueryNeeded() =>
        new(nameof(OneQueryNeeded), ReportErrorCategory.InvalidArgument, "-Query",
            "With -Connection goes one query. Give -Query with the SQL text, or -QueryPath with a file.");

    public static ReportException ModulesNeedScript(string name) =>
        new(nameof(ModulesNeedScript), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' has -RequiredModule and no script that could use the modules. Give -Script too, or leave -RequiredModule out.");

    public static ReportException NotAColumn(string given) =>
        new(nameof(NotAColumn), ReportErrorCategory.InvalidArgument, given,
            $"'{given}' is not a column. Give what New-ReportColumn returns.");

    public static ReportException NotAChart(string given, string? reason = null) =>
        new(nameof(NotAChart), ReportErrorCategory.InvalidArgument, given,
            $"{(reason is null ? $"'{given}' is not a chart" : $"This is not a chart: {reason}")}. Give "
                + $"{EnglishText.List(Enum.GetNames<ChartKind>(), "or")}, what New-ReportChart returns, "
                + "or a table such as @{ Kind = 'Bar'; X = 'region'; Y = 'amount' }.");

    public static ReportException NeitherTrueNorFalse(string text) =>
        new(nameof(NeitherTrueNorFalse), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' is neither true nor false. Give true or false, yes or no, 1 or 0.");

    public static ReportException ValueEmpty(string parameter) =>
        new(nameof(ValueEmpty), ReportErrorCategory.InvalidArgument, parameter,
            $"The value of '{parameter}' is empty. Give one, or leave it out.");

    public static ReportException NotATable(string text) =>
        new(nameof(NotATable), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' has no names with values. Give a hashtable such as @{{ amount = 'sum' }}, or an object with properties.");

    public static ReportException PathNotInFiles(string path, string location) =>
        new(nameof(PathNotInFiles), ReportErrorCategory.InvalidArgument, path,
            $"'{path}' is not a file or folder here: the current location is '{location}'. "
                + "Give a full path, or go to a folder with Set-Location.");

    public static ReportException PathNotUsable(string path, Exception inner) =>
        new(nameof(PathNotUsable), ReportErrorCategory.InvalidArgument, path,
            $"'{path}' cannot be used as a path. Give the path of a file or folder: {inner.Message}", inner);

    public static ReportException PathNotUsable(string path) =>
        new(nameof(PathNotUsable), ReportErrorCategory.InvalidArgument, OneLine.Of(path),
            $"'{OneLine.Of(path)}' cannot be used as a path: "
                + (string.IsNullOrWhiteSpace(path) ? "it is blank" : "it has a control character in it")
                + ". Give the path of a file, or the address of a database.");

    public static ReportException StoreMissing(string path, bool mayBeMissing) =>
        new(nameof(StoreMissing), ReportErrorCategory.ObjectNotFound, path,
            $"There is no report store at '{path}'. Give the -StorePath or -Scope of the store that has the tasks."
                + (mayBeMissing ? " With -AllowMissingStore nothing is due until the store is made." : ""));

    public static ReportException NotAName(string text) =>
        new(nameof(NotAName), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' is not a name. Give a text, or an object with a Name or a TaskName.");

    public static ReportException IdentityInUse(string name, string users) =>
        new(nameof(IdentityInUse), ReportErrorCategory.InvalidOperation, name,
            $"The report identity '{name}' is used by {users}. Choose another one there, or -Force to remove it anyway.");

    public static ReportException ThemeInUse(string name, string users) =>
        new(nameof(ThemeInUse), ReportErrorCategory.InvalidOperation, name,
            $"The report theme '{name}' is used by {users}. Choose another one there, or -Force to remove it anyway.");

    public static ReportException IdentityAmbiguous(string name, IEnumerable<ReportIdentityKind> kinds) =>
        new(nameof(IdentityAmbiguous), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' would sign in in several ways: {EnglishText.List(kinds.Select(kind => $"{kind}"), "and")}. "
                + "Give one of -ManagedIdentity, -WorkloadIdentity, -AzureDefault and -ServiceAccountKeyPath.");

    public static ReportException SecretInPlainText() =>
        new(nameof(SecretInPlainText), ReportErrorCategory.InvalidArgument, null,
            "A secret in plain text stays in the history of the shell. Give a SecureString, such as (Read-Host -AsSecureString), a "
                + "credential, or a reference such as env:NAME.");

    public static ReportException MailServerInUse(string name, string tasks) =>
        new(nameof(MailServerInUse), ReportErrorCategory.InvalidOperation, name,
            $"The report mail server '{name}' is used by {tasks}. Give those tasks another one, or -Force to remove it anyway.");

    public static ReportException MailLoginAmbiguous(string name, string option) =>
        new(nameof(MailLoginAmbiguous), ReportErrorCategory.InvalidArgument, name,
            $"The mail server '{name}' cannot log in with -Integrated and with -{option}. Give one of them.");

    public static ReportException MailOptionNeedsSmtp(string option, string name) =>
        new(nameof(MailOptionNeedsSmtp), ReportErrorCategory.InvalidArgument, name,
            $"-{option} is for a mail server with -SmtpHost, and '{name}' has none. Give -SmtpHost, or leave -{option} out.");

    public static ReportException GraphIdentityMissing(string name) =>
        new(nameof(GraphIdentityMissing), ReportErrorCategory.InvalidArgument, name,
            $"The mail server '{name}' sends through Microsoft Graph and has no identity. Give -Identity the name of one; "
                + "New-ReportIdentity makes it.");

    public static ReportException MailOptionNeedsGraph(string option, string name) =>
        new(nameof(MailOptionNeedsGraph), ReportErrorCategory.InvalidArgument, name,
            $"-{option} is for mail through Microsoft Graph, and the mail server '{name}' does not use that. "
                + $"Give -Graph, or leave -{option} out.");

    public static ReportException GraphEndpointNotUsable(string address) =>
        new(nameof(GraphEndpointNotUsable), ReportErrorCategory.InvalidArgument, address,
            $"'{address}' is not an address that a token may be sent to. Give https:// and a host, such as https://graph.microsoft.us; "
                + "http is for this computer only.");

    public static ReportException MailServerAmbiguous(string name) =>
        new(nameof(MailServerAmbiguous), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' has no way to send, or more than one. Give one of -SmtpHost, -Graph and -PickupDirectory.");

    public static ReportException MailHostNotUsable(string host) =>
        new(nameof(MailHostNotUsable), ReportErrorCategory.InvalidArgument, host,
            $"'{host}' is not the name or address of a computer. Give -SmtpHost such as smtp.example.com, and the port with -Port.");

    public static ReportException SenderMissing(string name) =>
        new(nameof(SenderMissing), ReportErrorCategory.InvalidArgument, name,
            $"The mail server '{name}' has no address to send from. Give -From, such as reports@example.com or 'Reports "
                + "<reports@example.com>'.");

    public static ReportException ModuleNotFound(string path) =>
        new(nameof(ModuleNotFound), ReportErrorCategory.ObjectNotFound, path,
            $"There is no module manifest at '{path}'. Import the module from the folder where it stays, and register again.");

    public static ReportException EnvironmentFileNotFound(string path) =>
        new(nameof(EnvironmentFileNotFound), ReportErrorCategory.ObjectNotFound, path,
            $"There is no file '{path}'. Give -EnvironmentFile the path of a file with lines NAME=value.");

    public static ReportException AccountNeedsMachineStore(string account) =>
        new(nameof(AccountNeedsMachineStore), ReportErrorCategory.InvalidArgument, account,
            $"The account '{account}' cannot read the secrets in a user's own store when it runs without a password. "
                + "Give -Scope Machine, or a -Credential.");

    public static ReportException ScheduledTaskNotFound(string name, IEnumerable<string> known) =>
        new(nameof(ScheduledTaskNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"Nothing is registered as '{name}' for this store.{NearMiss.Hint(name, known)} Get-ReportScheduledTask lists what is.");

    public static ReportException KeyTooShort(string name, int length) =>
        new(nameof(KeyTooShort), ReportErrorCategory.InvalidArgument, name,
            $"The key given with {name} is too short. Give at least {length} characters that cannot be guessed.");

    public static ReportException ConnectionInUse(string name, string tasks) =>
        new(nameof(ConnectionInUse), ReportErrorCategory.InvalidOperation, name,
            $"The report connection '{name}' is used by {tasks}. Give those tasks another connection, or -Force to remove it anyway.");

    public static ReportException DueAtIsNoTrial(string option) =>
        new(nameof(DueAtIsNoTrial), ReportErrorCategory.InvalidArgument, option,
            $"-DueAt makes the one report of its instant, for its readers, and {option} makes another one. "
                + $"To try the report of an instant, give -AsOf in place of -DueAt; else leave {option} out.");

    public static ReportException WindowNotBegun() =>
        new(nameof(WindowNotBegun), ReportErrorCategory.InvalidArgument, "-From",
            "-To ends a window of due instants, and nothing says where it begins. Give -From too, or -DueAt for the report of one "
                + "instant.");

    public static ReportException InstantEmpty(string option) =>
        new(nameof(InstantEmpty), ReportErrorCategory.InvalidArgument, option,
            $"{option} is empty. Give an instant such as '2026-11-23 09:00', or leave {option} out.");

    public static ReportException NoClobber(string path) =>
        new(nameof(NoClobber), ReportErrorCategory.ResourceExists, path,
            $"The file '{path}' already exists, and -NoClobber leaves it as it is. Give another path, or leave -NoClobber out to replace "
                + "it.");

    /// <summary>The error record of a run that failed: the id and kind of what went wrong, with the report and its stage.</summary>
    public static ReportException RunFailed(ReportRun run) =>
        new(run.ErrorId ?? nameof(RunFailed), run.ErrorCategory ?? ReportErrorCategory.ConnectionError, run, run.Stage switch
        {
            _ when run.Outcome == RunOutcome.Cancelled => run.Error ?? $"The run of '{run.TaskName}' was stopped.",
            // it says itself which report it is about, and what became of it
            RunStage.Query or RunStage.Export when run.Error?.StartsWith($"The report '{run.TaskName}' ", StringComparison.Ordinal) == true
                => run.Error,
            _ when run.Outcome == RunOutcome.PartialData => $"The report '{run.TaskName}' is incomplete: {run.Error}",
            RunStage.Deliver => $"The report '{run.TaskName}' was written but not delivered: {run.Error}",
            // the error says whether it is the database, the rows or the files
            RunStage.Query or RunStage.Export => $"The report '{run.TaskName}' was not made: {run.Error}",
            _ => $"The report '{run.TaskName}' failed: {run.Error}",
        }, run.Cause);

    public static ReportException ReportsFailed(IReadOnlyCollection<string> tasks) =>
        new(nameof(ReportsFailed), ReportErrorCategory.InvalidOperation, string.Join(", ", tasks.Distinct()),
            $"{tasks.Count} {(tasks.Count == 1 ? "report" : "reports")} failed: "
                + $"{string.Join(", ", tasks.Distinct().Take(10).Select(task => $"'{task}'"))}. "
                + "Get-ReportRun -Outcome Failed, PartiallyDelivered, PartialData shows why.");

    public static ReportException RunNotFound(string id) =>
        new(nameof(RunNotFound), ReportErrorCategory.ObjectNotFound, id,
            $"No run has the id '{id}'. Get-ReportRun lists the runs.");

    public static ReportException RunNotFinished(ReportRun run) =>
        new(nameof(RunNotFinished), ReportErrorCategory.InvalidOperation, run.Id,
            $"The run '{run.Id}' of '{run.TaskName}' is still going on. Wait until it has ended.");

    public static ReportException NothingToSend(ReportRun run) =>
        new(nameof(NothingToSend), ReportErrorCategory.InvalidOperation, run.Id,
            $"The run '{run.Id}' of '{run.TaskName}' has no saved message or file to deliver. "
                + $"{AgainCommand.Of(run)} makes the report again.");

    public static ReportException RunnerNotFound(string id) =>
        new(nameof(RunnerNotFound), ReportErrorCategory.ObjectNotFound, id,
            $"No runner with the id '{id}' is alive on this store. Get-ReportScheduler lists the runners.");

    public static ReportException FilesPathNotForFile(string address) =>
        new(nameof(FilesPathNotForFile), ReportErrorCategory.InvalidArgument, address,
            $"-FilesPath is for a store in a database, and '{address}' is a file, beside which the files of its runs are. "
                + "Leave -FilesPath out.");

    public static ReportException RunnerNotOnMachine(string machine, IEnumerable<string> known) =>
        new(nameof(RunnerNotOnMachine), ReportErrorCategory.ObjectNotFound, machine,
            $"No runner is alive on the computer '{machine}'.{NearMiss.Hint(machine, known)} Get-ReportScheduler lists the runners.");

    public static ReportException PruneWhat() =>
        new(nameof(PruneWhat), ReportErrorCategory.InvalidArgument, "Remove-ReportRun",
            "Specify which runs to remove. Give -Id, -OlderThan such as 90d, or -Keep such as 20.");

    public static ReportException NotAnInstant(string text) =>
        new(nameof(NotAnInstant), ReportErrorCategory.ParserError, text,
            $"'{text}' is not a date and time. Give one such as '2026-11-23', '2026-11-23 09:00' or '2026-11-23T09:00:00+01:00', or a "
                + "DateTime, such as (Get-Date).AddDays(-1).");

    public static ReportException NotAnInstantOrAge(string text) =>
        new(nameof(NotAnInstantOrAge), ReportErrorCategory.ParserError, text,
            $"'{text}' is neither a date and time nor a duration. Give one such as '2026-11-23 09:00', how long ago, such as 12h or 1d, "
                + "or a word such as yesterday or startOfWeek.");

    public static ReportException CronEmpty() =>
        new(nameof(CronEmpty), ReportErrorCategory.InvalidArgument, "-Cron",
            "-Cron is empty. A word with @ needs quotes, because PowerShell reads a bare @weekly as something else: -Cron '@weekly'. "
                + "Leave -Cron out for a task without a schedule.");

    public static ReportException NameIsNoSchedule(string task, Exception inner) =>
        new(nameof(NameIsNoSchedule), ReportErrorCategory.InvalidArgument, task,
            $"'{task}' is the name of a report task and not a schedule. Get-ReportSchedule -Name {PowerShellText.Quoted(task)} explains "
                + "the schedule of the task.", inner);

    public static ReportException AtIsPast(string task, string at, string now) =>
        new(nameof(AtIsPast), ReportErrorCategory.InvalidArgument, at,
            $"The task '{task}' would never be due: -At '{at}' is in the past; it is {now} now. -At is one instant; "
                + "give a later one, or -Cron, such as '0 9 * * *' for nine o'clock each day. Invoke-ReportTask runs a task at once.");

    public static ReportException NobodyToAsk(string question, Exception inner) =>
        new(nameof(NobodyToAsk), ReportErrorCategory.InvalidOperation, question,
            $"'{question}' cannot be asked: there is no terminal. Run -Interactive at a prompt, or leave it out and give the parameters.",
            inner);
}
