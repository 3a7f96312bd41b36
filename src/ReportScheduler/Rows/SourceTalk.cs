namespace ReportScheduler.Rows;

/// <summary>Who hears what a source says beside the rows, on any thread.</summary>
/// <param name="Tell">Gets messages: PRINT, notices, what a script writes to its host; null to drop them.</param>
/// <param name="Warn">Gets what a reader of the report should know; null to drop it.</param>
internal sealed record SourceTalk(Action<string>? Tell = null, Action<string>? Warn = null)
{
    /// <summary>Nobody.</summary>
    public static SourceTalk None { get; } = new();
}
