namespace ReportScheduler.Rows;

/// <summary>What the values of a column are, as the database declares them. A single value may differ (SQLite).</summary>
internal enum ColumnKind
{
    Text,
    Boolean,
    Integer,
    Decimal,
    Double,
    Date,
    DateTime,
    DateTimeOffset,
    Time,
    Guid,
    Binary,
    Json,
}
