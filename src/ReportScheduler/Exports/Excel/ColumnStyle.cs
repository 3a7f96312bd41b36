namespace ReportScheduler.Exports.Excel;

/// <summary>What decides the looks of a cell in its column.</summary>
internal enum ColumnStyle
{
    Text,
    RightText,
    Boolean,
    Integer,
    Fraction,
    Date,
    DateTime,
    Time,
    Link,
    Nothing,
}
