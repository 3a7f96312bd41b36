using ReportScheduler.Text;

namespace ReportScheduler.Store;

internal static class StoreErrors
{
    public static ReportException MailServerNotFound(string name, IEnumerable<string> known) =>
        new(nameof(MailServerNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report mail server is named '{name}'.{NearMiss.Hint(name, known)} Get-ReportMailServer lists the names.");

    public static ReportException IdentityNotFound(string name, IEnumerable<string> known) =>
        new(nameof(IdentityNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report identity is named '{name}'.{NearMiss.Hint(name, known)} Get-ReportIdentity lists the names.");

    public static ReportException ConnectionNotFound(string name, IEnumerable<string> known) =>
        new(nameof(ConnectionNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report connection is named '{name}'.{NearMiss.Hint(name, known)} Get-ReportConnection lists the names.");

    public static ReportException RunFolderNotRemoved(string folder, Exception inner) =>
        new(nameof(RunFolderNotRemoved), ReportErrorCategory.WriteError, folder,
            $"The folder '{folder}' of a run that is to go cannot be removed by the account '{Environment.UserName}'; its record stays as well. Close the files in it, or remove it as the account that owns it: {inner.Message}", inner);

    public static ReportException TaskNotFound(string name, IEnumerable<string> known) =>
        new(nameof(TaskNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report task is named '{name}'.{NearMiss.Hint(name, known)} Get-ReportTask lists the names.");

    public static ReportException TaskNotInEmptyStore(string name, string storePath) =>
        new(nameof(TaskNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"No report task is named '{name}': the store '{storePath}' has no tasks at all. Give the -StorePath or -Scope of the store that has it, or make it with New-ReportTask.");

    public static ReportException FolderNotUsable(string path, string reason, Exception? inner = null) =>
        new(nameof(FolderNotUsable), ReportErrorCategory.InvalidArgument, path,
            $"'{path}' cannot be the folder for the files: {reason.TrimEnd('.')}. Give a folder that this account may write to.", inner);
}
