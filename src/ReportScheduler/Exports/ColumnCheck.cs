using ReportScheduler.Numbers;

namespace ReportScheduler.Exports;

/// <summary>Refuses a column that no export could show.</summary>
internal static class ColumnCheck
{
    /// <exception cref="ReportException">ColumnOptionNotUsable: its format is none, or its width is out of range.</exception>
    public static void Check(ReportColumn column)
    {
        if (column.Format is { } format && !NumberFormatText.IsValid(format))
        {
            throw ReportErrors.ColumnOptionNotUsable("ColumnFormat", column.Name, format, "an Excel number format such as '#,##0.00' or 'yyyy-mm-dd'");
        }

        if (column.Width is not (null or (> 0 and <= 255)))
        {
            throw ReportErrors.ColumnOptionNotUsable("ColumnWidth", column.Name, column.Width, "a number of characters from 1 to 255");
        }
    }
}
