namespace ReportScheduler.Hosting;

/// <summary>A line in the account's crontab.</summary>
internal sealed class CronScheduler : SystemScheduler
{
    public override HostingSystem System => HostingSystem.Cron;

    public override bool IsHere => !OperatingSystem.IsWindows();

    public override void Install(ReportScheduledTask registered, ISystemShell shell) => Crontab.Install(registered.Files[0]);

    public override void Remove(ReportScheduledTask registered, ISystemShell shell) => Crontab.Remove(registered.Files[0].Name);

    public override IEnumerable<string> Changes(ReportScheduledTask registered, ISystemShell shell) => Crontab.Changes(registered.Files[0]);

    public override IEnumerable<string> Advice(ReportScheduledTask registered, HostedJob job)
    {
        if (registered.EnvironmentFile is not null)
        {
            yield return "cron reads no -EnvironmentFile. Give the file to the connection or the mail server with -EnvFile.";
        }

        if (job.Work == HostedWork.Runner)
        {
            yield return "cron starts the runner when the computer starts, neither now nor again after a failure. Start it now with "
                + "Start-ReportScheduler, and register -Every 5m as well, which makes what is due when no runner does.";
        }

        if (!Crontab.HasDaemon())
        {
            yield return "No cron daemon is running on this computer, so nothing starts the job. Start it, for example with "
                + "'systemctl enable --now cron' or 'service cron start'.";
        }
    }

    public override string WhyVariableIsMissing(string variable, string? cmdlet) =>
        $"cron does not give the job the variables of this shell. Put {variable}=... " + (cmdlet is not null
            ? $"into a file and give it with {cmdlet} -EnvFile, or into a line of the crontab." : "into a line of the crontab.");

    public override IEnumerable<string> Variables(ReportScheduledTask registered) => Crontab.Variables();

    protected override HostedDefinition Translate(HostedJob job, DateTimeOffset now, bool hasPassword)
    {
        var native = job.Task is null ? null : CronLine.Of(job.Task, now, TimeZoneInfo.Local);
        var when = job.Work == HostedWork.Runner ? "@reboot"
            : native is { WhyNot: null } ? native.Triggers[0]
            : CronLine.OfInterval(job.Every)
                ?? throw HostingErrors.IntervalNotHosted(job.Every, "minutes or hours that divide an hour or a day, such as 1m, 15m or 2h");
        return new HostedDefinition([new HostedFile(job.SystemName, $"{when} {HostedCommand.CronLine(job)}")], [when], native?.WhyNot);
    }
}
