namespace ReportScheduler;

/// <summary>One part of a split report as it would be made: its key, its rows and who would get it.</summary>
public sealed class ReportPart
{
    /// <summary>The name of the task.</summary>
    public string TaskName { get; init; } = "";

    /// <summary>The instant that the report would be about, in the task's zone.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The key; <c>(unmatched)</c> for the rows that are nobody's, and null for the whole report of -Also.</summary>
    public string? Key { get; init; }

    /// <summary>How many rows it has, of all datasets together.</summary>
    public long Rows { get; init; }

    /// <summary>The recipients.</summary>
    public string[] To { get; init; } = [];

    /// <summary>The recipients of a copy.</summary>
    public string[] Cc { get; init; } = [];

    /// <summary>The recipients of a blind copy.</summary>
    public string[] Bcc { get; init; } = [];

    /// <summary>The folder that would get a copy of the files; null for none.</summary>
    public string? Destination { get; init; }

    /// <summary>Key, rows and recipients, as in messages.</summary>
    public override string ToString() => $"{Key ?? "(all)"}: {Rows} for {string.Join(", ", To)}";
}
