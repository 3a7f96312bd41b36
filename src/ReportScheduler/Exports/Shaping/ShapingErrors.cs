using System.Globalization;
using ReportScheduler.Text;

namespace ReportScheduler.Exports.Shaping;

internal static class ShapingErrors
{
    /// <param name="dataset">The dataset.</param>
    /// <param name="option">The option that names the column.</param>
    /// <param name="column">The column that is not there.</param>
    /// <param name="columns">Those that are.</param>
    public static ReportException GroupColumnNotFound(string dataset, string option, string column, IEnumerable<string> columns) =>
        new(nameof(GroupColumnNotFound), ReportErrorCategory.ObjectNotFound, column,
            $"-{option} names the column '{column}', and the query of '{dataset}' has none of that name.{NearMiss.Hint(column, columns)} "
                + $"Its columns are {EnglishText.List(columns.Take(20).Select(name => $"'{name}'"))}.");

    public static ReportException PivotTooWide(string dataset, string column, int values, int limit) =>
        new(nameof(PivotTooWide), ReportErrorCategory.InvalidData, column,
            string.Create(CultureInfo.InvariantCulture,
                $"-Pivot of '{dataset}' would have {values:N0} columns: so many values has '{column}', and {limit:N0} is the most. "
                    + $"Take a column with fewer values, such as the month of a date, or leave some out in the query."));

    public static ReportException PivotTooLarge(string dataset, IEnumerable<string> rows, int limit) =>
        new(nameof(PivotTooLarge), ReportErrorCategory.InvalidData, dataset,
            string.Create(CultureInfo.InvariantCulture,
                $"-Pivot of '{dataset}' has more than {limit:N0} cells, which is the most. "
                    + $"Make the lines by a column with fewer values than {EnglishText.List(rows.Select(row => $"'{row}'"))}, or leave "
                    + $"some out in the query."));

    /// <param name="dataset">The dataset.</param>
    /// <param name="column">The column.</param>
    /// <param name="function">What is asked of it.</param>
    /// <param name="cast">How its values become numbers.</param>
    public static ReportException PivotNothingToAdd(string dataset, string column, ColumnTotal function, string cast) =>
        new(nameof(PivotNothingToAdd), ReportErrorCategory.InvalidData, column,
            $"-Pivot of '{dataset}' asks for the {function.ToString().ToLowerInvariant()} of the column '{column}', and none of its "
                + $"values is a number. If they are numbers, {cast}; else give Function = 'count', 'min', 'max' "
                + "or 'distinct'.");

    /// <param name="dataset">The dataset.</param>
    /// <param name="groupBy">The columns it is grouped by.</param>
    /// <param name="limit">How many rows are sorted here.</param>
    public static ReportException RowsNotGrouped(string dataset, IEnumerable<string> groupBy, long limit) =>
        new(nameof(RowsNotGrouped), ReportErrorCategory.InvalidData, dataset,
            string.Create(CultureInfo.InvariantCulture,
                $"The rows of '{dataset}' do not come in the order of -GroupBy, and there are more than the {limit:N0} that can be "
                    + $"sorted here. Add this to the end of the query: order by {string.Join(", ", groupBy)}."));

    public static ReportException TooManyRowsForShare(string dataset, string column, long limit) =>
        new(nameof(TooManyRowsForShare), ReportErrorCategory.InvalidData, column,
            string.Create(CultureInfo.InvariantCulture,
                $"-ShareOf of the column '{column}' has to know all rows of '{dataset}' before it writes the first, and there are more "
                    + $"than the {limit:N0} that can be kept. Let the query work it out: 1.0 * {column} / sum({column}) over ()."));
}
