using ReportScheduler.Schedules;

namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException PowerShellNotFound(string path) =>
        new(nameof(PowerShellNotFound), ReportErrorCategory.ObjectNotFound, path,
            $"There is no PowerShell at '{path}'. Give the full path of pwsh or of ReportScheduler.Host with -PowerShellPath.");

    public static ReportException ModuleNotFound(string path) =>
        new(nameof(ModuleNotFound), ReportErrorCategory.ObjectNotFound, path,
            $"There is no module manifest at '{path}'. Import the module from the folder where it stays, and register again.");

    public static ReportException EnvironmentFileNotFound(string path) =>
        new(nameof(EnvironmentFileNotFound), ReportErrorCategory.ObjectNotFound, path,
            $"There is no file '{path}'. Give -EnvironmentFile the path of a file with lines NAME=value.");

    public static ReportException IntervalNotHosted(TimeSpan every, string allowed) =>
        new(nameof(IntervalNotHosted), ReportErrorCategory.InvalidArgument, every,
            $"'{DurationText.Format(every)}' is not an interval that this system's scheduler keeps. Give -Every {allowed}.");

    public static ReportException AccountNeedsMachineStore(string account) =>
        new(nameof(AccountNeedsMachineStore), ReportErrorCategory.InvalidArgument, account,
            $"The account '{account}' cannot read the secrets in a user's own store when it runs without a password. Give -Scope Machine, or a -Credential.");

    public static ReportException ScheduledTaskNotFound(string name, IEnumerable<string> known) =>
        new(nameof(ScheduledTaskNotFound), ReportErrorCategory.ObjectNotFound, name,
            $"Nothing is registered as '{name}' for this store.{NearMiss.Hint(name, known)} Get-ReportScheduledTask lists what is.");

    public static ReportException TaskSchedulerRefused(string name, Exception inner) =>
        new(nameof(TaskSchedulerRefused), ReportErrorCategory.ResourceUnavailable, name,
            $"The Task Scheduler did not take '{name}'. Run PowerShell as administrator, or look at the reason: {inner.Message}", inner);

    public static ReportException SystemProgramNotFound(string program) =>
        new(nameof(SystemProgramNotFound), ReportErrorCategory.ObjectNotFound, program,
            $"The program '{program}' is not installed. Install it, or choose another scheduler with -System.");

    public static ReportException SystemProgramFailed(string command, int code, string said) =>
        new(nameof(SystemProgramFailed), ReportErrorCategory.InvalidOperation, command,
            $"'{command}' ended with code {code}. Run it by hand to see why: {said}");

    public static ReportException SystemdNotRunning(string command, Store.StoreScope scope, Exception inner) =>
        new(nameof(SystemdNotRunning), ReportErrorCategory.ResourceUnavailable, command,
            $"systemd does not answer {(scope == Store.StoreScope.Machine ? "on this computer" : "for this account; log in to a session of its own, or run 'loginctl enable-linger'")}. Give -System Cron to use the crontab instead: {inner.Message}", inner);

    public static ReportException UnitNotWritten(string folder, Exception inner) =>
        new(nameof(UnitNotWritten), ReportErrorCategory.WriteError, folder,
            $"The unit files could not be written to '{folder}'. Run as root for -Scope Machine, or give a -UnitPath: {inner.Message}", inner);

    public static ReportException RegistrationsDenied(string folder, Exception inner) =>
        new(nameof(RegistrationsDenied), ReportErrorCategory.PermissionDenied, folder,
            $"What was registered for this store stands in '{folder}', which the account '{Environment.UserName}' may not read: another account, perhaps root, registered it. Run this as that account, or give the folder to the one that uses it (chown -R): {inner.Message}", inner);

    public static ReportException RegistrationNotKept(string path, Exception inner) =>
        new(nameof(RegistrationNotKept), ReportErrorCategory.WriteError, path,
            $"What was registered could not be kept in '{path}'. Make its folder writable and register again: {inner.Message}", inner);
}
