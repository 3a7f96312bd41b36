using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Writing;

/// <summary>A file format of a report: what it is called, who writes it and what it can do. A
/// new one is its writer and a line in <see cref="ExportFormats"/>.</summary>
/// <param name="Format">The name for users.</param>
/// <param name="Extension">Of its files, with the dot.</param>
/// <param name="MediaType">Of its files in a mail.</param>
/// <param name="Create">Makes the writer of one run's files.</param>
internal sealed record ExportFormat(ReportFormat Format, string Extension, string MediaType, Func<ReportDocument, IReportWriter> Create)
{
    /// <summary>The name, as people give it.</summary>
    public string Name { get; init; } = Format.ToString();

    /// <summary>Whether it marks cells with colours (-Highlight).</summary>
    public bool ShowsMarks { get; init; }

    /// <summary>Whether programs read it: its values are as they are and not as people read them.</summary>
    public bool IsData { get; init; }

    /// <summary>Whether each dataset has a file of its own.</summary>
    public bool HasFilePerDataset { get; init; }

    /// <summary>Whether it is made from a workbook of the user (-Template, -TableName), and has title rows.</summary>
    public bool TakesTemplate { get; init; }

    /// <summary>The extension of a task's files, where that depends on the task.</summary>
    public Func<ReportTask, string?>? ExtensionOfTask { get; init; }

    /// <summary>The extension of a task's files.</summary>
    public string ExtensionOf(ReportTask task) => ExtensionOfTask?.Invoke(task) ?? Extension;
}
