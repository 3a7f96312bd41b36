namespace ReportScheduler.Rows;

/// <summary>What one value is.</summary>
internal enum CellKind : byte
{
    /// <summary>SQL NULL; not the empty text.</summary>
    Null,
    Text,
    Boolean,
    Integer,
    Decimal,
    Double,

    /// <summary>A day without a time.</summary>
    Date,
    DateTime,
    DateTimeOffset,

    /// <summary>A time of day or a duration.</summary>
    Time,
    Guid,
    Binary,
    Json,
}
