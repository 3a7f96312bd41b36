namespace ReportScheduler;

/// <summary>A file format of a report.</summary>
public enum ReportFormat
{
    /// <summary>An Excel workbook (.xlsx), one worksheet per dataset.</summary>
    Excel,

    /// <summary>A PDF document, one section per dataset.</summary>
    Pdf,

    /// <summary>Comma-separated values (RFC 4180), one file per dataset.</summary>
    Csv,

    /// <summary>One self-contained HTML page.</summary>
    Html,

    /// <summary>JSON: an array of objects; with several datasets an object of such arrays.</summary>
    Json,
}
