using ReportScheduler.Hosting;

namespace ReportScheduler.Tests.Hosting;

internal static class HostedSamples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 30, 15, TimeSpan.Zero);

    public static ReportTask Task(string cron, string zone = "UTC") => new() { Name = "Daily sales", Cron = cron, TimeZone = zone };

    public static HostedJob Job(HostedWork work = HostedWork.Runner, ReportTask? task = null, StoreScope scope = StoreScope.Machine) =>
        new()
    {
        Name = task?.Name ?? work.ToString(),
        SystemName = task?.Name ?? work.ToString(),
        Work = work,
        Task = task,
        PowerShellPath = "/usr/bin/env",
        ModulePath = "/opt/report scheduler/100%/ReportScheduler.psd1",
        StorePath = "/var/lib/report-scheduler/it's $HOME.db",
        Scope = scope,
        Account = "root",
    };
}
