namespace ReportScheduler;

/// <summary>What the operating system was asked to start, kept beside the store to tell when it has changed since.</summary>
public sealed class ReportScheduledTask
{
    /// <summary>The name it is registered under.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name that the system knows it by; it ends with a mark of the store unless that is the default one.</summary>
    public string SystemName { get; set; } = "";

    /// <summary>What it does: keep the runner running, run due reports, or run at the times of one report task.</summary>
    public HostedWork Work { get; set; }

    /// <summary>The report task whose schedule was compiled; null for runner and dispatcher.</summary>
    public string? TaskName { get; set; }

    /// <summary>What starts it.</summary>
    public HostingSystem System { get; set; }

    /// <summary>When it is started, in the system's own words.</summary>
    public string[] Triggers { get; set; } = [];

    /// <summary>The account that runs it.</summary>
    public string Account { get; set; } = "";

    /// <summary>The time between two looks for due reports; null when the triggers are the schedule itself.</summary>
    public TimeSpan? Every { get; set; }

    /// <summary>Why the system looks for due reports every minute instead of at the schedule's times; null when it does not.</summary>
    public string? WhyNotNative { get; set; }

    /// <summary>The full path of the PowerShell that runs it.</summary>
    public string PowerShellPath { get; set; } = "";

    /// <summary>The full path of the module's manifest.</summary>
    public string ModulePath { get; set; } = "";

    /// <summary>The full path of the store.</summary>
    public string StorePath { get; set; } = "";

    /// <summary>Whose store it is.</summary>
    public StoreScope Scope { get; set; }

    /// <summary>The file with environment variables; null for none.</summary>
    public string? EnvironmentFile { get; set; }

    /// <summary>The folder of the unit files; null for other systems.</summary>
    public string? UnitFolder { get; set; }

    /// <summary>Whether the account's password was given to the Task Scheduler.</summary>
    public bool HasPassword { get; set; }

    /// <summary>What it registered: the task XML, the unit files, or the crontab line.</summary>
    public HostedFile[] Files { get; set; } = [];

    /// <summary>What Test-ReportTask said at registration, or why it could not be asked.</summary>
    public string[] Tested { get; set; } = [];

    /// <summary>When it was registered, in UTC.</summary>
    public DateTimeOffset RegisteredAt { get; set; }

    /// <summary>What is not as it was registered; empty when all is. Register-ReportScheduledTask corrects it.</summary>
    public string[] Drift { get; set; } = [];

    /// <summary>The name, as in messages.</summary>
    public override string ToString() => Name;
}
