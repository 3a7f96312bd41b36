using System.Collections;
using System.Globalization;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>The columns of a dataset as the task wants them: which are shown, their headers, formats, widths and totals.</summary>
/// <remarks>Every writer asks here, so that all formats show the same. Keys are column names, or <c>Dataset.column</c>, which wins.</remarks>
internal static class ColumnLayout
{
    /// <param name="document">The report.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="columns">Its columns.</param>
    /// <returns>The shown columns in their order.</returns>
    /// <exception cref="ReportException">All are hidden.</exception>
    public static IReadOnlyList<LaidOutColumn> Of(ReportDocument document, string dataset, IReadOnlyList<SourceColumn> columns) => Of(document.Task, dataset, columns);

    /// <inheritdoc cref="Of(ReportDocument, string, IReadOnlyList{SourceColumn})"/>
    public static IReadOnlyList<LaidOutColumn> Of(ReportTask task, string dataset, IReadOnlyList<SourceColumn> columns)
    {
        var shown = columns.Where(column => !task.Hide.Any(hidden => Names(hidden, dataset, column))).Select(column => new LaidOutColumn(
            column with { Header = Option(task.ColumnHeader, dataset, column) as string ?? column.Name },
            Option(task.ColumnFormat, dataset, column) as string,
            Option(task.ColumnWidth, dataset, column) is { } width ? Convert.ToDouble(width, CultureInfo.InvariantCulture) : null,
            Option(task.Total, dataset, column) is string total ? TotalOf(total) ?? ColumnTotal.None : ColumnTotal.None)).ToList();
        return shown.Count > 0 || columns.Count == 0 ? shown : throw LayoutErrors.AllColumnsHidden(dataset);
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
    public static object? Option(IDictionary? option, string dataset, SourceColumn column) =>
        option is null ? null : option[$"{dataset}.{column.Name}"] ?? option[column.Name];

    /// <summary>Whether the key of an option means a column.</summary>
    public static bool Names(string key, string dataset, SourceColumn column) =>
        key.Equals(column.Name, StringComparison.OrdinalIgnoreCase) || key.Equals($"{dataset}.{column.Name}", StringComparison.OrdinalIgnoreCase);
}
