using System.Collections;
using System.Globalization;

namespace ReportScheduler.Exports;

/// <summary>The columns of a dataset as the task wants them: which are shown, their headers, formats, widths and totals.</summary>
/// <remarks>Every writer asks here, so that all formats show the same. Keys are column names, or <c>Dataset.column</c>, which wins.</remarks>
internal static class ColumnLayout
{
    /// <param name="document">The report; takes a warning for each option whose column the dataset does not have.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="columns">Its columns.</param>
    /// <returns>The shown columns in their order.</returns>
    public static IReadOnlyList<LaidOutColumn> Of(ReportDocument document, string dataset, IReadOnlyList<ReportColumn> columns)
    {
        var task = document.Task;
        if (task.Datasets is null)
        {
            WarnOfUnknown(document, columns);
        }

        return [.. columns.Where(column => !task.Hide.Any(hidden => Names(hidden, dataset, column))).Select(column => new LaidOutColumn(
            column with { Header = Option(task.ColumnHeader, dataset, column) as string ?? column.Name },
            Option(task.ColumnFormat, dataset, column) as string,
            Option(task.ColumnWidth, dataset, column) is { } width ? Convert.ToDouble(width, CultureInfo.InvariantCulture) : null,
            Option(task.Total, dataset, column) is string total ? TotalOf(total) ?? ColumnTotal.None : ColumnTotal.None))];
    }

    /// <summary>The total of a word; null when there is none of that name.</summary>
    public static ColumnTotal? TotalOf(string word) => word.ToUpperInvariant() switch
    {
        "SUM" => ColumnTotal.Sum,
        "AVG" or "AVERAGE" => ColumnTotal.Average,
        "COUNT" => ColumnTotal.Count,
        _ => null,
    };

    /// <summary>What an option says for a column; null for nothing.</summary>
    public static object? Option(IDictionary? option, string dataset, ReportColumn column) =>
        option is null ? null : option[$"{dataset}.{column.Name}"] ?? option[column.Name];

    private static bool Names(string key, string dataset, ReportColumn column) =>
        key.Equals(column.Name, StringComparison.OrdinalIgnoreCase) || key.Equals($"{dataset}.{column.Name}", StringComparison.OrdinalIgnoreCase);

    private static void WarnOfUnknown(ReportDocument document, IReadOnlyList<ReportColumn> columns)
    {
        var task = document.Task;
        var named = new[] { task.ColumnHeader, task.ColumnFormat, task.ColumnWidth, task.Total, task.Highlight }
            .OfType<IDictionary>().SelectMany(option => option.Keys.Cast<string>()).Concat(task.Hide).Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var key in named.Where(key => !columns.Any(column => Names(key, task.Name, column))))
        {
            document.Warn($"The report has no column '{key}', so the option for it does nothing.");
        }
    }
}
