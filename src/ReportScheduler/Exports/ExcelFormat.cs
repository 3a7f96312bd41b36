namespace ReportScheduler.Exports;

/// <summary>The number format of a kind of value where the task gives none. Dates follow the reader's own system settings.</summary>
internal static class ExcelFormat
{
    public static string Of(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "0",
        ColumnKind.Decimal => "#,##0.00##",
        ColumnKind.Date => "yyyy-mm-dd",
        ColumnKind.DateTime or ColumnKind.DateTimeOffset => "yyyy-mm-dd hh:mm:ss",
        ColumnKind.Time => "[h]:mm:ss",
        _ => "General",
    };
}
