namespace ReportScheduler.Runs;

/// <summary>What a person asked for beyond what the task says.</summary>
internal sealed record RunOptions
{
    public static RunOptions None { get; } = new();

    /// <summary>A full path of a folder that gets the files; null for the run's own folder only.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Files only: nothing is mailed or dropped.</summary>
    public bool NoDelivery { get; init; }

    /// <summary>The only address that gets mail; null for the task's recipients.</summary>
    public string? RedirectTo { get; init; }
}
