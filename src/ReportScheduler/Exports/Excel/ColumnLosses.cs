using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Excel;

/// <summary>What a column of a workbook shows otherwise than the database holds it.</summary>
internal static class ColumnLosses
{
    /// <summary>Warns of them.</summary>
    /// <param name="document">The report.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="column">The column, with all its rows.</param>
    /// <param name="total">What that means for what adds up its numbers, in words; null where nothing does.</param>
    public static void Warn(ReportDocument document, string dataset, ExcelColumn column, string? total)
    {
        var place = $"of the column '{column.Header}' of '{dataset}'";
        if (column.Cut > 0)
        {
            document.Warn($"{Counted(column.Cut, "text")} {place} {Form(column.Cut, "was", "were")} cut to {ExcelText.Limit} characters, "
                + "which is what an Excel cell holds.");
        }

        if (column.NumbersAsText > 0 && total is not null)
        {
            document.Warn($"{Counted(column.NumbersAsText, "number")} {place} {Form(column.NumbersAsText, "has", "have")} more than 15 "
                + $"digits and {Form(column.NumbersAsText, "is", "are")} text in the workbook, {total}.");
        }

        if (column.NumbersRounded > 0)
        {
            document.Warn($"{Counted(column.NumbersRounded, "number")} {place} {Form(column.NumbersRounded, "has", "have")} more than 15 "
                + "digits, of which Excel keeps 15, because -ColumnFormat makes "
                + $"{Form(column.NumbersRounded, "it a number", "them numbers")}. "
                + "Leave the column out of -ColumnFormat, or give it '@', to keep all digits as text.");
        }

        if (column.NegativeTimes > 0 && total is not null)
        {
            document.Warn($"{Counted(column.NegativeTimes, "time")} {place} {Form(column.NegativeTimes, "is", "are")} below zero, which "
                + $"Excel cannot show: {Form(column.NegativeTimes, "it is", "they are")} text in the workbook, {total}. "
                + "Select hours as a number to add them up.");
        }
    }

    private static string Counted(long count, string noun) => $"{count} {noun}{Form(count, "", "s")}";

    private static string Form(long count, string one, string more) => count == 1 ? one : more;
}
