namespace ReportScheduler;

/// <summary>A schedule in plain language, its next due times, and what a person would want to know about it.</summary>
public sealed class ScheduleExplanation
{
    internal ScheduleExplanation(string description, string timeZone, DateTimeOffset[] nextRuns, string[] warnings)
    {
        Description = description;
        TimeZone = timeZone;
        NextRuns = nextRuns;
        Warnings = warnings;
    }

    /// <summary>The name of the report task; null when the schedule was given by itself.</summary>
    public string? Name { get; internal init; }

    /// <summary>The schedule in plain language.</summary>
    public string Description { get; }

    /// <summary>The zone of the schedule as it was given.</summary>
    public string TimeZone { get; }

    /// <summary>The next due times with the zone's UTC offset at each, earliest
    /// first; fewer than asked for when the schedule ends.</summary>
    public DateTimeOffset[] NextRuns { get; }

    /// <summary>What might surprise: daylight saving, days that not every month has,
    /// tasks that are due together. Empty when nothing does.</summary>
    public string[] Warnings { get; }
}
