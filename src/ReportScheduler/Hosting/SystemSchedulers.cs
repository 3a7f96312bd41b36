using ReportScheduler.Kinds;

namespace ReportScheduler.Hosting;

/// <summary>The schedulers of operating systems. A computer's own is the first that is there.</summary>
internal static class SystemSchedulers
{
    public static KindList<SystemScheduler> All { get; } = new(
        new WindowsTaskScheduler(),
        new SystemdScheduler(),
        new CronScheduler());

    /// <summary>What starts things on this computer.</summary>
    public static SystemScheduler Here => All.First(each => each.IsHere);

    public static SystemScheduler Of(HostingSystem system) =>
        All.FirstOrDefault(each => each.System == system) ?? throw new ArgumentOutOfRangeException(nameof(system), system, null);
}
