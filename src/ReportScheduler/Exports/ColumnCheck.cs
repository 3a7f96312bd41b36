using ReportScheduler.Numbers;

namespace ReportScheduler.Exports;

/// <summary>Refuses a column that no export could show.</summary>
internal static class ColumnCheck
{
    private const int LongestNullText = 100;

    /// <param name="column">The column.</param>
    /// <param name="prefix">What stands before the names of the parameters that say it: Column for the short form of a task.</param>
    /// <exception cref="ReportException">ColumnOptionNotUsable: its format is none, or its width is out of
    /// range. HighlightNotUsable: it is hidden and colours rows.</exception>
    public static void Check(ReportColumn column, string prefix = "Column")
    {
        if (column.Format is { } format && !NamedFormat.Is(format) && !NumberFormatText.IsValid(format))
        {
            throw ReportErrors.ColumnOptionNotUsable(prefix + nameof(ReportColumn.Format), column.Name, format,
                $"an Excel number format such as '#,##0.00' or 'yyyy-mm-dd', or {NamedFormat.Names}");
        }

        if (column.NullText is { Length: > LongestNullText } || column.NullText?.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw ReportErrors.ColumnOptionNotUsable(prefix + nameof(ReportColumn.NullText), column.Name, column.NullText,
                $"one line of at most {LongestNullText} characters, such as 'n/a'");
        }

        if (column.Hidden && column.Highlight.FirstOrDefault(rule => rule.Row) is { } marking)
        {
            throw ReportErrors.HighlightNotUsable(column.Name, marking.Text,
                "the column is hidden, and a row is coloured by a cell that it shows",
                "Show the column, or give the rule to one that is shown.");
        }

        if (column.Width is not (null or (> 0 and <= 255)))
        {
            throw ReportErrors.ColumnOptionNotUsable(prefix + nameof(ReportColumn.Width), column.Name, column.Width,
                "a number of characters from 1 to 255");
        }
    }
}
