using System.Xml.Linq;

namespace ReportScheduler.Hosting;

/// <summary>The Task Scheduler of Windows, through its ScheduledTasks module in the session that registers.</summary>
internal sealed class WindowsTaskScheduler : SystemScheduler
{
    private const string Folder = @"\ReportScheduler\";

    public override HostingSystem System => HostingSystem.TaskScheduler;

    public override bool IsHere => OperatingSystem.IsWindows();

    public override bool CanTestAccount => false;

    public override bool NeedsMachineStore => true;

    /// <summary>It has one list for all accounts.</summary>
    public override StoreScope UsualScope(StoreScope scope) => StoreScope.Machine;

    public override void Install(ReportScheduledTask registered, ISystemShell shell) => shell.Run(registered.Files[0].Name, """
        param($path, $name, $xml, $credential)
        $account = if ($credential) { @{ User = $credential.UserName; Password = $credential.GetNetworkCredential().Password } } else { @{} }
        $null = Register-ScheduledTask -TaskPath $path -TaskName $name -Xml $xml @account -Force -ErrorAction Stop
        """, Folder, registered.Files[0].Name, registered.Files[0].Text, shell.Credential);

    public override void Remove(ReportScheduledTask registered, ISystemShell shell) => shell.Run(registered.Files[0].Name, """
        param($path, $name)
        Unregister-ScheduledTask -TaskPath $path -TaskName $name -Confirm:$false -ErrorAction Stop
        """, Folder, registered.Files[0].Name);

    public override IEnumerable<string> Changes(ReportScheduledTask registered, ISystemShell shell)
    {
        var name = registered.Files[0].Name;
        try
        {
            var state = shell.Run(name,
                "param($path, $name) \"$((Get-ScheduledTask -TaskPath $path -TaskName $name -ErrorAction Stop).State)\"", Folder, name);
            return state.Count > 0 && $"{state[0]}" == "Disabled" ? [$"'{name}' is disabled in the Task Scheduler."] : [];
        }
        catch (ReportException problem)
        {
            return [problem.InnerException!.Message];
        }
    }

    protected override HostedDefinition Translate(HostedJob job, DateTimeOffset now, bool hasPassword)
    {
        if (job.Every < TimeSpan.FromMinutes(1) || job.Every > TimeSpan.FromDays(31))
        {
            throw HostingErrors.IntervalNotHosted(job.Every, "a minute to 31 days");
        }

        var native = job.Task is null ? null : TaskSchedulerTriggers.Of(job.Task, now, TimeZoneInfo.Local);
        var minute = new DateTimeOffset(now.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, now.Offset);
        IReadOnlyList<XElement> triggers = job.Work == HostedWork.Runner ? [TaskSchedulerTriggers.AtBoot()]
            : native is { WhyNot: null } ? native.Triggers
            : [TaskSchedulerTriggers.Repeating(minute, job.Every)];
        return new HostedDefinition([new HostedFile(HostedName.Task(job.SystemName), TaskSchedulerXml.Of(job, triggers, hasPassword))],
            [.. triggers.Select(trigger => trigger.Name.LocalName)], native?.WhyNot);
    }
}
