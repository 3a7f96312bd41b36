using ReportScheduler.Text;

namespace ReportScheduler.Changes;

internal static class ChangeErrors
{
    public static ReportException KeyColumnUnknown(string column, IReadOnlyList<string> names) =>
        new(nameof(KeyColumnUnknown), ReportErrorCategory.InvalidArgument, column,
            $"The result has no column '{column}', which -KeyColumn names.{NearMiss.Hint(column, names)} It has "
                + $"{EnglishText.List(names.Take(20).Select(name => $"'{name}'"), "and")}.");

    /// <param name="dataset">The dataset.</param>
    /// <param name="key">The key and its columns, as in <c>id = 1</c>.</param>
    /// <param name="further">A column that tells rows of several servers apart; null where there is none beside the key.</param>
    public static ReportException KeyRepeated(string dataset, string key, string? further) =>
        new(nameof(KeyRepeated), ReportErrorCategory.InvalidData, key,
            $"The dataset '{dataset}' has more than one row with {key}, so its rows cannot be told apart. "
                + "Give -KeyColumn columns that are different in each row"
                + (further is null ? "." : $", such as '{further}' beside it for the rows of several servers."));

    public static ReportException KeyMissing(string dataset, string column) =>
        new(nameof(KeyMissing), ReportErrorCategory.InvalidData, column,
            $"The dataset '{dataset}' has a row without a value in '{column}', which -KeyColumn names, so it cannot be found again. "
                + "Leave such rows out in the query, or give other columns.");
}
