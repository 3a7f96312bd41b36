namespace ReportScheduler.Exports.Excel;

/// <summary>What stands in a cell, and so how it begins.</summary>
internal enum CellForm
{
    Number,
    Boolean,

    /// <summary>The number of a text that the workbook has once.</summary>
    SharedText,
    Text,

    /// <summary>A text with white space at its ends, or with several lines.</summary>
    SpacedText,

    /// <summary>Nothing.</summary>
    Empty,
}
