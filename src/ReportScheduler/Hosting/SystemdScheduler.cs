using ReportScheduler.Secrets;

namespace ReportScheduler.Hosting;

/// <summary>A systemd service, with a timer unless it is the runner.</summary>
internal sealed class SystemdScheduler : SystemScheduler
{
    public override HostingSystem System => HostingSystem.Systemd;

    /// <summary>systemd makes this folder when it is the one that booted the machine.</summary>
    public override bool IsHere => Directory.Exists("/run/systemd/system");

    public override void Install(ReportScheduledTask registered, ISystemShell shell) => Systemd.Install(registered);

    public override void Remove(ReportScheduledTask registered, ISystemShell shell) => Systemd.Remove(registered);

    public override IEnumerable<string> Changes(ReportScheduledTask registered, ISystemShell shell) => Systemd.Changes(registered);

    public override string? FolderOf(StoreScope scope, string? given) => given ?? Systemd.Folder(scope);

    public override IEnumerable<string> Advice(ReportScheduledTask registered, HostedJob job) => job.Scope != StoreScope.Machine
        ? Systemd.Lingers(registered.Account) ? [] :
        [
            $"systemd starts what '{registered.Account}' has registered when that account logs in, and stops it when it logs out. "
                + $"'loginctl enable-linger {registered.Account}' has it run from boot on.",
        ]
        : job.Folders.Where(folder => !Directory.Exists(folder)).Select(missing =>
            $"The folder '{missing}' is not there. Make it for the account '{registered.Account}' before the service starts: systemd "
                + "lets it write to folders that exist.");

    public override string? NextStep(ReportScheduledTask registered) => Systemd.IsRead(registered) ? null
        : $"The files in '{registered.UnitFolder}' are not started: copy them to '{Systemd.Folder(registered.Scope)}' and run 'systemctl "
            + $"{(registered.Scope == StoreScope.Machine ? "" : "--user ")}enable --now {registered.Files[^1].Name}'.";

    public override IEnumerable<string> Unseen(HostedJob job) => job.Scope == StoreScope.Machine ? SystemdSandbox.Unseen(job) : [];

    public override string WhyVariableIsMissing(string variable, string? cmdlet) =>
        $"systemd does not give the job the variables of this shell. Put {variable}=... into a file and register with -EnvironmentFile.";

    public override IEnumerable<string> Variables(ReportScheduledTask registered) =>
        [.. Systemd.Variables(registered), .. Environment(registered).Select(pair => pair.Key)];

    public override IReadOnlyList<KeyValuePair<string, string>> Environment(ReportScheduledTask registered) =>
        registered.EnvironmentFile is { } file ? SecretReference.Read(file) : [];

    protected override HostedDefinition Translate(HostedJob job, DateTimeOffset now, bool hasPassword)
    {
        var unit = HostedName.Unit(job.SystemName);
        var service = new HostedFile($"{unit}.service", SystemdUnits.Service(job));
        if (job.Work == HostedWork.Runner)
        {
            var isFromBoot = job.Scope == StoreScope.Machine || (job.Account is { } account && Systemd.Lingers(account));
            return new HostedDefinition([service], [isFromBoot ? "at boot" : "at login"], null);
        }

        var native = job.Task is null ? null : SystemdCalendar.Of(job.Task, now);
        IReadOnlyList<string> calendars = native is { WhyNot: null } ? native.Triggers
            : [SystemdCalendar.OfInterval(job.Every) ?? throw HostingErrors.IntervalNotHosted(job.Every,
                "minutes or hours that divide an hour or a day, such as 1m, 15m or 2h")];
        return new HostedDefinition([service, new HostedFile($"{unit}.timer", SystemdUnits.Timer(job, calendars))], [.. calendars],
            native?.WhyNot);
    }
}
