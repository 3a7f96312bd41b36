namespace ReportScheduler.Exports.PdfFile;

/// <summary>What a document says about itself.</summary>
internal sealed record PdfInformation
{
    public required string Title { get; init; }

    public string? Author { get; init; }

    public string? Subject { get; init; }

    public string? Keywords { get; init; }

    /// <summary>The program that made it.</summary>
    public required string Creator { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The language of its text, as en-GB.</summary>
    public required string Language { get; init; }
}
