using System.Globalization;

namespace ReportScheduler.Rows;

internal static class RowErrors
{
    // More than this no file format, and no reader of one, can do anything with.
    private const int CellLimit = 100_000_000;

    public static ReportException TooManyDistinctValues(string column, int limit) =>
        new(nameof(TooManyDistinctValues), ReportErrorCategory.InvalidData, column,
            string.Create(CultureInfo.InvariantCulture, $"The column '{column}' has more than {limit:N0} different values, and no more "
                + $"are counted. Count them in the query: count(distinct {column})."));

    public static ReportException CellTooLarge(string column, int length, int limit) =>
        new(nameof(CellTooLarge), ReportErrorCategory.InvalidData, column,
            string.Create(CultureInfo.InvariantCulture, $"A value of the column '{column}' has {length:N0} characters or bytes, and a "
                + $"report can show {limit:N0} of one value. Select a part of it, such as the first 1,000, or leave the column out."));

    /// <exception cref="ReportException">A value is longer than a report can show.</exception>
    public static void CheckCell(string column, int length)
    {
        if (length > CellLimit)
        {
            throw CellTooLarge(column, length, CellLimit);
        }
    }
}
