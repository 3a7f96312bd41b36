namespace ReportScheduler.Exports.Excel;

/// <summary>A total in a worksheet; the default is an empty cell.</summary>
/// <param name="Kind">What it is; None for an empty cell.</param>
/// <param name="Value">Its value as a number; null for none.</param>
/// <param name="Text">Its value as text, where it stands as text; null for a number.</param>
/// <param name="IsFixed">Whether it stands there as it is, and no formula computes it.</param>
/// <param name="Format">Its number format; null for text.</param>
internal readonly record struct ExcelTotal(ColumnTotal Kind, double? Value, string? Text, bool IsFixed, string? Format)
{
    /// <summary>Whether only cells with numbers count: texts among them stand where there is no value.</summary>
    public bool CountsNumbers { get; init; }
}
