namespace ReportScheduler;

/// <summary>What the operating system starts.</summary>
public enum HostedWork
{
    /// <summary>Start-ReportScheduler, kept up from boot on.</summary>
    Runner,

    /// <summary>Invoke-ReportTask -Due, every so often.</summary>
    Dispatcher,

    /// <summary>Invoke-ReportTask -Due, at the times of one report task.</summary>
    Task,
}
