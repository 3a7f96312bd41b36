namespace ReportScheduler;

/// <summary>What starts the work on a computer.</summary>
public enum HostingSystem
{
    /// <summary>The Task Scheduler of Windows.</summary>
    TaskScheduler,

    /// <summary>A systemd service, with a timer unless it is the runner.</summary>
    Systemd,

    /// <summary>A line in the account's crontab.</summary>
    Cron,
}
