namespace ReportScheduler.Exports.Excel;

/// <summary>What a column of a workbook shows otherwise than the database holds it.</summary>
internal static class ColumnLosses
{
    /// <summary>Warns of them.</summary>
    /// <param name="document">The report.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="column">The column, with all its rows.</param>
    /// <param name="isAddedUp">Something adds up its numbers, or may do so.</param>
    public static void Warn(ReportDocument document, string dataset, ExcelColumn column, bool isAddedUp)
    {
        var place = $"of the column '{column.Header}' of '{dataset}'";
        if (column.Cut > 0)
        {
            document.Warn($"{column.Cut} texts {place} were cut to {ExcelText.Limit} characters, which is what an Excel cell holds.");
        }
        if (column.NumbersAsText > 0 && isAddedUp)
        {
            document.Warn($"{column.NumbersAsText} numbers {place} have more than 15 digits, stand as text in the workbook, and are not in its total.");
        }
        if (column.NegativeTimes > 0 && isAddedUp)
        {
            document.Warn($"{column.NegativeTimes} times {place} are below zero, which Excel cannot show: they stand as text in the workbook, and are not in its total. Select hours as a number to add them up.");
        }
    }
}
