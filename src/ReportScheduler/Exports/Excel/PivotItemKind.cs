namespace ReportScheduler.Exports.Excel;

/// <summary>What a value of a pivot table is, in the order in which Excel sorts them.</summary>
internal enum PivotItemKind
{
    Number,
    Date,
    Text,
    Truth,

    /// <summary>Nothing: an empty cell.</summary>
    None,
}
