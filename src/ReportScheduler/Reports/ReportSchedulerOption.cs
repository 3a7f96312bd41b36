namespace ReportScheduler;

/// <summary>The policies of a whole store. A task's own value wins.</summary>
public sealed class ReportSchedulerOption
{
    /// <summary>What happens to due times that passed while nothing ran.</summary>
    public MissedPolicy Missed { get; set; }

    /// <summary>A missed due time older than this is skipped.</summary>
    public TimeSpan MissedGrace { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether owners get a mail when a run fails, was missed or was interrupted, and when it is running normally again.</summary>
    public bool OnFailure { get; set; } = true;

    /// <summary>After the first failure in a row the owner is notified of every nth, and of
    /// at least one a day; failures in between are suppressed.</summary>
    public int NotifyEvery { get; set; } = 10;

    /// <summary>A task is paused automatically after this many failures in a row; 0 for never.</summary>
    public int PauseAfterFailures { get; set; }

    /// <summary>How many runs of a task stay in the history.</summary>
    public int KeepRuns { get; set; } = 100;

    /// <summary>How long the files of a run stay.</summary>
    public TimeSpan KeepFilesFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether runners run the scripts of tasks. A script is code.</summary>
    public bool AllowScript { get; set; }

    /// <summary>A folder that all machines of a store in a database see, for the files of reports of more
    /// than 25 MB; null for none.</summary>
    public string? FilesPath { get; set; }

    /// <summary>The theme of reports whose task names none; null for the module's own look.</summary>
    public string? Theme { get; set; }
}
