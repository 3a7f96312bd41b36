using ReportScheduler.Text;

namespace ReportScheduler.Store;

internal static class StoreErrors
{
    /// <param name="address">The store.</param>
    /// <param name="to">Where it was moved.</param>
    /// <param name="isUnfinished">Whether not all of it is there yet.</param>
    public static ReportException StoreMoved(string address, string to, bool isUnfinished = false) =>
        new(nameof(StoreMoved), ReportErrorCategory.ResourceUnavailable, address,
            isUnfinished
                ? $"The store '{address}' is being moved to '{to}', or was left in the middle of that, and accepts no changes. "
                    + "Wait for Copy-ReportStore, or run the same command again, which goes on where it stopped."
                : $"The store '{address}' was moved to '{to}' and no longer accepts changes. "
                    + "Give the new address as -StorePath or REPORTSCHEDULER_STORE.");

    public static ReportException StoreUnfinished(string address, string from) =>
        new(nameof(StoreUnfinished), ReportErrorCategory.ResourceUnavailable, address, NotWhole(address, from));

    public static ReportException StoreVariableNotUsable(string name, string shown) =>
        new(nameof(StoreVariableNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"The environment variable {name} is '{shown}', which is blank, or has a line end or another control character in it, as a "
                + "file of variables with the line ends of Windows leaves it. Set it to the path or address alone.");

    /// <param name="address">The store.</param>
    /// <param name="movedTo">Where it was moved to; null for nowhere.</param>
    public static ReportException StoreNotEmpty(string address, string? movedTo = null) =>
        new(nameof(StoreNotEmpty), ReportErrorCategory.ResourceExists, address,
            $"The store '{address}' is not empty, or another process has just filled it; it stays as it is. "
                + (movedTo is null ? "Give an empty one, such as New-ReportStore makes."
                    : $"It was moved to '{movedTo}'. To use its place again, remove what it has (the file with the folders beside it, or "
                        + "its tables: in PostgreSQL the schema reportscheduler), and make it anew with New-ReportStore."));

    /// <summary>What a store says that another one is being copied into.</summary>
    public static string NotWhole(string address, string from) =>
        $"The store '{address}' is being filled from '{from}' by Copy-ReportStore or Restore-ReportStore, or was left unfinished: not all "
            + "of it is there, and it accepts no changes. Wait for that command, or run the same command again, which goes on where it "
            + "stopped.";

    public static ReportException LabelNotUsable(string label, string allowed) =>
        new(nameof(LabelNotUsable), ReportErrorCategory.InvalidArgument, label,
            $"'{label}' cannot be the label of a runner. Give {allowed}.");

    public static ReportException MailServerNotFound(string name, IEnumerable<string> known) =>
        new(nameof(MailServerNotFound), ReportErrorCategory.ObjectNotFound, name,
            Unknown("ReportMailServer", name, known));

    public static ReportException MailServerNeeded(string task, IReadOnlyList<string> servers) =>
        new(nameof(MailServerNeeded), ReportErrorCategory.InvalidArgument, task, servers.Count == 0
            ? $"The task '{task}' has recipients, but there is no report mail server. Make one with New-ReportMailServer."
            : $"The task '{task}' has recipients, and there are {servers.Count} report mail servers. "
                + $"Say which one with -MailServer: {EnglishText.List(servers.Select(name => $"'{name}'"), "or")}.");

    public static ReportException IdentityNotFound(string name, IEnumerable<string> known) =>
        new(nameof(IdentityNotFound), ReportErrorCategory.ObjectNotFound, name,
            Unknown("ReportIdentity", name, known));

    public static ReportException ThemeNotFound(string name, IEnumerable<string> known) =>
        new(nameof(ThemeNotFound), ReportErrorCategory.ObjectNotFound, name,
            Unknown("ReportTheme", name, known));

    public static ReportException ConnectionNotFound(string name, IEnumerable<string> known) =>
        new(nameof(ConnectionNotFound), ReportErrorCategory.ObjectNotFound, name,
            Unknown("ReportConnection", name, known));

    public static ReportException RunFolderNotRemoved(string folder, Exception inner) =>
        new(nameof(RunFolderNotRemoved), ReportErrorCategory.WriteError, folder,
            $"The folder '{folder}' of a run that is to go cannot be removed by the account '{Environment.UserName}'; "
                + $"its record stays as well. Close the files in it, or remove it as the account that owns it: {inner.Message}", inner);

    public static ReportException TaskNotFound(string name, IEnumerable<string> known) =>
        new(nameof(TaskNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report task is named '{name}'.{NearMiss.Hint(name, known)} Get-ReportTask lists the names.");

    public static ReportException TaskNotInEmptyStore(string name, string storePath) =>
        new(nameof(TaskNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report task is named '{name}': the store '{storePath}' has no tasks at all. "
                + "Give the -StorePath or -Scope of the store that has it, or make it with New-ReportTask.");

    public static ReportException FolderNotUsable(string path, string reason, Exception? inner = null) =>
        new(nameof(FolderNotUsable), ReportErrorCategory.InvalidArgument, path,
            $"'{path}' cannot be the folder for the files: {reason.TrimEnd('.')}. Give a folder that this account may write to.", inner);

    public static RequestRefusedException RequestDiffers() =>
        new(nameof(RequestDiffers), null,
            "This Idempotency-Key was used with another request. Give each request a key of its own.");

    public static RequestRefusedException RequestForgotten() =>
        new(nameof(RequestForgotten), null,
            "The request with this Idempotency-Key was carried out, and its run was removed from the history since. "
                + "Give a new key to run the report again.");

    public static ReportException NameTaken(string noun, string name) =>
        new(nameof(NameTaken), ReportErrorCategory.ResourceExists, name,
            $"There is a {Words(noun)} named '{name}' already. Choose another name, change it with Set-{noun}, or replace it with "
                + $"New-{noun} -Force.");

    public static ReportException NotFound(string noun, string name, IEnumerable<string> known) =>
        new(nameof(NotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No {Words(noun)} is named '{name}'.{NearMiss.Hint(name, known)} Get-{noun} lists the names.");

    public static TaskChangedMeanwhileException TaskChangedMeanwhile(string name) =>
        new(nameof(TaskChangedMeanwhile), name,
            $"The report task '{name}' was changed by another process at the same moment; that change stays. Try again.")
        { IsTransient = true };

    public static RecordNotReadableException RecordNotReadable(string noun, string name, string problem) =>
        new(nameof(RecordNotReadable), name,
            $"The {Words(noun)} '{name}' in the store cannot be read by this version; nothing else is affected. "
                + $"Replace it with New-{noun} -Force, or remove it with Remove-{noun}: {problem}");

    public static ReportException RunNotReadable(string id, string problem) =>
        new(nameof(RunNotReadable), ReportErrorCategory.InvalidData, id,
            $"The record of the run '{id}' in the store is damaged, or of another version, and cannot be read; nothing else is affected. "
                + $"Remove-ReportRun -Id removes it: {problem}");

    public static ReportException NameTooLong(string noun, string name, int limit) =>
        new(nameof(NameTooLong), ReportErrorCategory.InvalidArgument, name,
            $"The name '{name[..40]}...' of the {Words(noun)} has {name.Length} characters. Give one of at most {limit}.");

    public static ReportException NameCutThrough(string noun, string shown) =>
        new(nameof(NameCutThrough), ReportErrorCategory.InvalidArgument, shown,
            $"The name '{shown}' of the {Words(noun)} has half a character in it, as is left where text is cut in the middle of an emoji. "
                + "Give a -Name of whole characters.");

    public static ReportException ValueCannotBeKept(object value) =>
        new(nameof(ValueCannotBeKept), ReportErrorCategory.InvalidArgument, value,
            $"'{value}' is a {value.GetType().Name}, which cannot be kept in a report task. "
                + "Give text, a number, a date, a duration, a GUID, bytes, or an array of them.");

    public static ReportException RunnersUnreachable(string folder, Exception inner) =>
        new(nameof(RunnersUnreachable), ReportErrorCategory.ResourceUnavailable, folder,
            $"The folder '{folder}', where runners report that they are alive and receive requests to stop, cannot be used. "
                + $"Make it writable for the accounts of the runners: {inner.Message}", inner);

    private static string Unknown(string noun, string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        return $"No {Words(noun)} is named '{name}'." + (names.Count > 0 ? $"{NearMiss.Hint(name, names)} Get-{noun} lists the names."
            : $" The store has none yet; New-{noun} creates one.");
    }

    private static string Words(string noun) => noun switch
    {
        "ReportTask" => "report task",
        "ReportConnection" => "report connection",
        "ReportMailServer" => "report mail server",
        "ReportIdentity" => "report identity",
        "ReportTheme" => "report theme",
        "ReportSchedulerKey" => "key",
        _ => noun,
    };
}
