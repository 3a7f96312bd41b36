namespace ReportScheduler;

/// <summary>One part of a registration.</summary>
/// <param name="Name">The file name of a unit, or the name in the Task Scheduler or the crontab.</param>
/// <param name="Text">Its whole text.</param>
public sealed record HostedFile(string Name, string Text)
{
    /// <summary>The name, as in tables and lists.</summary>
    public override string ToString() => Name;
}
