using System.Xml.Linq;
using ReportScheduler.Hosting;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Hosting;

public sealed class TaskSchedulerXmlTests
{
    private static readonly XNamespace Xml = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    [Theory]
    // daily, weekly, monthly, by day of week of the month
    [InlineData("0 9 * * *", "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>")]
    [InlineData("0 9 * * MON-FRI", "<ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek><Monday /><Tuesday /><Wednesday "
        + "/><Thursday /><Friday /></DaysOfWeek></ScheduleByWeek>")]
    [InlineData("0 9 1,L JAN,JUL *",
        "<ScheduleByMonth><DaysOfMonth><Day>1</Day><Day>Last</Day></DaysOfMonth><Months><January /><July /></Months></ScheduleByMonth>")]
    [InlineData("0 9 * 1 MON#2", "<ScheduleByMonthDayOfWeek><Weeks><Week>2</Week></Weeks><DaysOfWeek><Monday "
        + "/></DaysOfWeek><Months><January /></Months></ScheduleByMonthDayOfWeek>")]
    [InlineData("0 9 * 1 5L", "<ScheduleByMonthDayOfWeek><Weeks><Week>Last</Week></Weeks><DaysOfWeek><Friday "
        + "/></DaysOfWeek><Months><January /></Months></ScheduleByMonthDayOfWeek>")]
    [InlineData("0 9 * 1 SUN",
        "<ScheduleByMonthDayOfWeek><Weeks><Week>1</Week><Week>2</Week><Week>3</Week><Week>4</Week><Week>Last</Week></Weeks><DaysOfWeek><Sunday /></DaysOfWeek><Months><January /></Months></ScheduleByMonthDayOfWeek>")]
    [InlineData("0 9 * 1 *", "<ScheduleByMonth><DaysOfMonth>{31}</DaysOfMonth><Months><January /></Months></ScheduleByMonth>")]
    public void Days_become_a_calendar_trigger(string cron, string schedule)
    {
        schedule =
            schedule.Replace("{31}", string.Concat(Enumerable.Range(1, 31).Select(day => $"<Day>{day}</Day>")), StringComparison.Ordinal);
        var native = TaskSchedulerTriggers.Of(HostedSamples.Task(cron), HostedSamples.Now, TimeZoneInfo.Utc);
        Assert.Null(native.WhyNot);
        Assert.Equal(
            $"<CalendarTrigger><Enabled>true</Enabled><StartBoundary>2026-11-24T09:00:00</StartBoundary>{schedule}</CalendarTrigger>",
            Plain(Assert.Single(native.Triggers)));
    }

    [Fact]
    public void Several_times_a_day_become_several_triggers() => Assert.Equal(
        ["2026-11-24T09:15:30", "2026-11-24T09:45:30", "2026-11-24T17:15:30", "2026-11-24T17:45:30"],
        TaskSchedulerTriggers.Of(HostedSamples.Task("30 15,45 9,17 * * MON"), HostedSamples.Now, TimeZoneInfo.Utc)
            .Triggers.Select(trigger => trigger.Element(Xml + "StartBoundary")!.Value));

    [Theory]
    [InlineData("*/15 * * * *", "Europe/Paris", "2026-11-24T08:45:00Z", "PT15M")]
    [InlineData("20 * * * *", "Europe/Paris", "2026-11-24T09:20:00Z", "PT1H")]
    [InlineData("* * * * *", "UTC", "2026-11-24T08:31:00Z", "PT1M")]
    public void Even_steps_all_round_the_clock_count_elapsed_time(string cron, string zone, string start, string interval) => Assert.Equal(
        $"<TimeTrigger><Enabled>true</Enabled><StartBoundary>{start}</StartBoundary><Repetition><Interval>{interval}"
            + "</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition></TimeTrigger>",
        Plain(Assert.Single(TaskSchedulerTriggers.Of(HostedSamples.Task(cron, zone), HostedSamples.Now, TimeZoneInfo.Utc).Triggers)));

    [Fact]
    public void Intervals_and_instants_become_time_triggers()
    {
        var every = new ReportTask { Every = TimeSpan.FromHours(36), CreatedAt = HostedSamples.Now };
        Assert.Equal(
            "<TimeTrigger><Enabled>true</Enabled><StartBoundary>2026-11-25T20:30:15Z</StartBoundary><Repetition><Interval>P1DT12H</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition></TimeTrigger>",
            Plain(TaskSchedulerTriggers.Of(every, HostedSamples.Now, TimeZoneInfo.Utc).Triggers.Single()));
        var once = new ReportTask { At = HostedSamples.Now.AddDays(1) };
        Assert.Equal("<TimeTrigger><Enabled>true</Enabled><StartBoundary>2026-11-25T08:30:15Z</StartBoundary></TimeTrigger>",
            Plain(TaskSchedulerTriggers.Of(once, HostedSamples.Now, TimeZoneInfo.Utc).Triggers.Single()));
    }

    [Theory]
    [InlineData("0 9 * * *", "Asia/Tokyo", "the Task Scheduler counts in this computer's zone UTC, not in Asia/Tokyo")]
    [InlineData("*/7 9 13 * FRI", "UTC", "the Task Scheduler cannot say its days")]
    [InlineData("0 9 15W * *", "UTC", "the Task Scheduler cannot say its days")]
    [InlineData("0 9 L-1 * *", "UTC", "the Task Scheduler cannot say its days")]
    [InlineData("0 9 * * MON#5", "UTC", "the Task Scheduler cannot say its days")]
    [InlineData("*/7 * * * *", "UTC", "it has 216 times a day, and the Task Scheduler takes 48 triggers")]
    public void What_the_Task_Scheduler_cannot_say_is_looked_at_every_minute(string cron, string zone, string why)
    {
        Assert.Equal(why, TaskSchedulerTriggers.Of(HostedSamples.Task(cron, zone), HostedSamples.Now, TimeZoneInfo.Utc).WhyNot);
    }

    [Fact]
    public void Daylight_saving_is_left_to_the_dispatcher() => Assert.Equal(
        "daylight saving skips or repeats one of its times, and the Task Scheduler has other rules for that",
        TaskSchedulerTriggers.Of(HostedSamples.Task("30 2 * * *", "Europe/Paris"), HostedSamples.Now, Zones.Find("Europe/Paris")).WhyNot);

    [Fact]
    public void The_runner_starts_at_boot_has_no_time_limit_and_starts_again_after_a_failure()
    {
        var task = Task(HostedSamples.Job() with { Account = "SYSTEM" });
        Assert.Equal("1.2", task.Attribute("version")!.Value);
        Assert.Equal(["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"],
            task.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("<BootTrigger><Enabled>true</Enabled></BootTrigger>", Plain(task.Element(Xml + "Triggers")!.Elements().Single()));
        Assert.Equal("<Principal id=\"Author\"><UserId>S-1-5-18</UserId><RunLevel>LeastPrivilege</RunLevel></Principal>",
            Plain(task.Descendants(Xml + "Principal").Single()));
        var settings = task.Element(Xml + "Settings")!;
        Assert.Equal(("IgnoreNew", "true", "PT0S", "PT1M"),
            (Value(settings, "MultipleInstancesPolicy"), Value(settings, "StartWhenAvailable"),
            Value(settings, "ExecutionTimeLimit"), settings.Element(Xml + "RestartOnFailure")!.Element(Xml + "Interval")!.Value));
    }

    [Theory]
    [InlineData(@"SHOP\ann", false, "S4U")]
    [InlineData(@"SHOP\ann", true, "Password")]
    [InlineData(@"SHOP\reports$", false, "Password")]
    public void Accounts_log_on_whether_somebody_is_there_or_not(string account, bool hasPassword, string logon)
    {
        var principal = Task(HostedSamples.Job(HostedWork.Dispatcher) with { Account = account }, hasPassword)
            .Descendants(Xml + "Principal").Single();
        Assert.Equal((account, logon), (Value(principal, "UserId"), Value(principal, "LogonType")));
    }

    [Fact]
    public void Special_characters_in_names_and_paths_survive()
    {
        var job = HostedSamples.Job(HostedWork.Task, HostedSamples.Task("0 9 * * *")) with
        {
            PowerShellPath = @"C:\Program Files\PowerShell & <7>\pwsh.exe",
            StorePath = "C:\\it's \u2019 \"quoted\" é\\reports.db",
        };
        var exec = Task(job).Descendants(Xml + "Exec").Single();
        Assert.Equal(job.PowerShellPath, Value(exec, "Command"));
        Assert.Contains("-StorePath 'C:\\it''s \u2019\u2019 \\\"quoted\\\" é\\reports.db'", Value(exec, "Arguments"),
            StringComparison.Ordinal);
        Assert.StartsWith("-NoProfile -NonInteractive -Command \"Import-Module '", Value(exec, "Arguments"), StringComparison.Ordinal);
        Assert.EndsWith("exit [int]($failed.Count -gt 0)\"", Value(exec, "Arguments"), StringComparison.Ordinal);
    }

    private static XElement Task(HostedJob job, bool hasPassword = false) =>
        XDocument.Parse(
            SystemSchedulers.Of(HostingSystem.TaskScheduler).Compile(job, HostedSamples.Now, hasPassword).Files.Single().Text).Root!;

    private static string Value(XElement parent, string name) => parent.Element(Xml + name)!.Value;

    private static string Plain(XElement element) =>
        element.ToString(SaveOptions.DisableFormatting).Replace($" xmlns=\"{Xml}\"", "", StringComparison.Ordinal);
}
