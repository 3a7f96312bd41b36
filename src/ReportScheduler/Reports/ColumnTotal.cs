namespace ReportScheduler;

/// <summary>What stands below a column.</summary>
internal enum ColumnTotal
{
    None,
    Sum,
    Average,
    Count,
}
