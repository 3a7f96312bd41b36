using ReportScheduler.Time;

namespace ReportScheduler.Hosting;

internal static class HostingErrors
{
    public static ReportException PowerShellNotFound(string path) =>
        new(nameof(PowerShellNotFound), ReportErrorCategory.ObjectNotFound, path,
            $"There is no PowerShell at '{path}'. Give the full path of pwsh or of ReportScheduler.Host with -PowerShellPath.");

    public static ReportException IntervalNotHosted(TimeSpan every, string allowed) =>
        new(nameof(IntervalNotHosted), ReportErrorCategory.InvalidArgument, every,
            $"'{DurationText.Format(every)}' is not an interval that this system's scheduler keeps. Give -Every {allowed}.");

    public static ReportException SystemProgramNotFound(string program) =>
        new(nameof(SystemProgramNotFound), ReportErrorCategory.ObjectNotFound, program,
            $"The program '{program}' is not installed. Install it, or choose another scheduler with -System.");

    public static ReportException SystemProgramFailed(string command, int code, string said) =>
        new(nameof(SystemProgramFailed), ReportErrorCategory.InvalidOperation, command,
            $"'{command}' ended with code {code}. Run it by hand to see why: {said}");

    public static ReportException SystemdNotRunning(string command, StoreScope scope, Exception inner) =>
        new(nameof(SystemdNotRunning), ReportErrorCategory.ResourceUnavailable, command,
            "systemd does not answer "
                + (scope == StoreScope.Machine
                    ? "on this computer"
                    : "for this account; log in to a session of its own, or run 'loginctl enable-linger'")
                + $". Give -System Cron to use the crontab instead: {inner.Message}",
            inner);

    public static ReportException UnitNotWritten(string folder, Exception inner) =>
        new(nameof(UnitNotWritten), ReportErrorCategory.WriteError, folder,
            $"The unit files could not be written to '{folder}'. Run as root for -Scope Machine, or give a -UnitPath: {inner.Message}",
            inner);

    public static ReportException RegistrationsDenied(string folder, Exception inner) =>
        new(nameof(RegistrationsDenied), ReportErrorCategory.PermissionDenied, folder,
            $"The registrations of this store are in '{folder}', which the account '{Environment.UserName}' may not read: another "
                + "account, perhaps root, made them. Run this as that account, or give the folder to the one that uses it (chown -R): "
                + $"{inner.Message}",
            inner);

    public static ReportException RegistrationNotKept(string path, Exception inner) =>
        new(nameof(RegistrationNotKept), ReportErrorCategory.WriteError, path,
            $"The registration could not be saved in '{path}'. Make its folder writable and register again: {inner.Message}", inner);

    public static ReportException TaskSchedulerRefused(string name, Exception inner) =>
        new(nameof(TaskSchedulerRefused), ReportErrorCategory.ResourceUnavailable, name,
            $"The Task Scheduler did not accept '{name}'. Run PowerShell as administrator, or see the reason: {inner.Message}", inner);

    public static ReportException TaskHasNoSchedule(string name) =>
        new(nameof(TaskHasNoSchedule), ReportErrorCategory.InvalidOperation, name,
            $"The report task '{name}' has no schedule: it runs when Invoke-ReportTask is called. "
                + "Set-ReportTask -Cron, -Every or -At gives it one.");
}
