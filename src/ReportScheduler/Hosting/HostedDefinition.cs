using System.Xml.Linq;
using ReportScheduler.Schedules;

namespace ReportScheduler.Hosting;

/// <summary>A hosted job in the words of its system.</summary>
/// <param name="Files">What the system gets.</param>
/// <param name="Triggers">When it starts the job.</param>
/// <param name="WhyNotNative">Why a task's own schedule became a look every minute; null when it did not.</param>
internal sealed record HostedDefinition(HostedFile[] Files, string[] Triggers, string? WhyNotNative)
{
    /// <param name="job">What to start.</param>
    /// <param name="system">What starts it.</param>
    /// <param name="now">The instant of the registration: the same instant gives the same text.</param>
    /// <param name="hasPassword">Whether the Task Scheduler gets the account's password.</param>
    /// <exception cref="ReportException">The task has no schedule, or the interval is none that the system can keep.</exception>
    public static HostedDefinition Of(HostedJob job, HostingSystem system, DateTimeOffset now, bool hasPassword = false)
    {
        if (job.Task is { } task && TaskSchedule.Of(task) is null)
        {
            throw HostingErrors.TaskHasNoSchedule(task.Name);
        }
        return system switch
        {
            HostingSystem.TaskScheduler => ForTaskScheduler(job, now, hasPassword),
            HostingSystem.Systemd => ForSystemd(job, now),
            _ => ForCron(job, now),
        };
    }

    private static HostedDefinition ForTaskScheduler(HostedJob job, DateTimeOffset now, bool hasPassword)
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

    private static HostedDefinition ForSystemd(HostedJob job, DateTimeOffset now)
    {
        var unit = HostedName.Unit(job.SystemName);
        var service = new HostedFile($"{unit}.service", SystemdUnits.Service(job));
        if (job.Work == HostedWork.Runner)
        {
            return new HostedDefinition([service], ["at boot"], null);
        }
        var native = job.Task is null ? null : SystemdCalendar.Of(job.Task, now);
        IReadOnlyList<string> calendars = native is { WhyNot: null } ? native.Triggers
            : [SystemdCalendar.OfInterval(job.Every) ?? throw HostingErrors.IntervalNotHosted(job.Every, "minutes or hours that divide an hour or a day, such as 1m, 15m or 2h")];
        return new HostedDefinition([service, new HostedFile($"{unit}.timer", SystemdUnits.Timer(job, calendars))], [.. calendars], native?.WhyNot);
    }

    private static HostedDefinition ForCron(HostedJob job, DateTimeOffset now)
    {
        var native = job.Task is null ? null : CronLine.Of(job.Task, now, TimeZoneInfo.Local);
        var when = job.Work == HostedWork.Runner ? "@reboot"
            : native is { WhyNot: null } ? native.Triggers[0]
            : CronLine.OfInterval(job.Every) ?? throw HostingErrors.IntervalNotHosted(job.Every, "minutes or hours that divide an hour or a day, such as 1m, 15m or 2h");
        return new HostedDefinition([new HostedFile(job.SystemName, $"{when} {HostedCommand.CronLine(job)}")], [when], native?.WhyNot);
    }
}
