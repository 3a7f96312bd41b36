namespace ReportScheduler.Rows;

/// <summary>Which getter of a reader gives the values of a column.</summary>
internal enum ValueSource : byte
{
    Text,
    Json,
    Boolean,
    Byte,
    Int16,
    Int32,
    Int64,
    Decimal,
    Double,
    Date,
    DateTime,

    /// <summary>A point in time without an offset of its own.</summary>
    Instant,
    Guid,

    /// <summary>Each value by its own storage class.</summary>
    Sqlite,

    /// <summary>An object, for types without a getter that every provider offers and for columns whose values differ in type.</summary>
    Boxed,
}
