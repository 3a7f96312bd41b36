using System.Globalization;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Time;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>The columns of a dataset as the task wants them: which are shown, their headers, formats, widths and totals.</summary>
/// <remarks>Every writer asks here, so that all formats show the same.</remarks>
internal static class ColumnLayout
{
    /// <param name="document">The report.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="columns">Its columns.</param>
    /// <returns>The shown columns in their order.</returns>
    /// <exception cref="ReportException">All are hidden.</exception>
    public static IReadOnlyList<LaidOutColumn> Of(ReportDocument document, string dataset, IReadOnlyList<SourceColumn> columns) =>
        Of(document.Task, dataset, columns);

    /// <inheritdoc cref="Of(ReportDocument, string, IReadOnlyList{SourceColumn})"/>
    public static IReadOnlyList<LaidOutColumn> Of(ReportTask task, string dataset, IReadOnlyList<SourceColumn> columns)
    {
        var definition = task.Dataset(dataset);
        var culture = ReportCulture.Of(task.Culture);
        var shown = columns.Where(column => definition.Column(column.Name) is not { Hidden: true })
            .Select(column => Of(definition.Column(column.Name), column, culture)).ToList();
        return shown.Count > 0 || columns.Count == 0 ? shown : throw LayoutErrors.AllColumnsHidden(dataset);
    }

    /// <summary>The shown columns as people see them: those that the rows are grouped by come first, in the order of the groups.</summary>
    public static IReadOnlyList<LaidOutColumn> Grouped(ReportDocument document, string dataset, IReadOnlyList<SourceColumn> columns)
    {
        var definition = document.Task.Dataset(dataset);
        return document.Layouts.Of(dataset, definition, document.Task.Culture, columns,
            () => InOrder(definition.GroupBy, Of(document, dataset, columns)));
    }

    private static IReadOnlyList<LaidOutColumn> InOrder(string[] keys, IReadOnlyList<LaidOutColumn> shown) => keys.Length == 0 ? shown
        : [.. shown.OrderBy(column => Array.FindIndex(keys,
            key => key.Equals(column.Column.Name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var level ? level : keys.Length)];

    /// <summary>A column as it is defined; a hidden one too.</summary>
    public static LaidOutColumn Of(ReportColumn? definition, SourceColumn column, CultureInfo culture) => new(
        column with { Header = definition?.Header ?? column.Look?.Header ?? column.Name },
        NamedFormat.Resolve(definition?.Format ?? column.Look?.Format, culture),
        definition?.Width ?? column.Look?.Width,
        definition is { Total: not ColumnTotal.None } ? definition.Total : column.Look?.Total ?? ColumnTotal.None)
    {
        GivenHeader = definition?.Header ?? column.Look?.Header,
        OwnTitle = column.Title?.Invoke(ReportWords.Of(culture)),
        Spark = NamedFormat.SparklineOf(definition?.Format ?? column.Look?.Format) is { } isBars
            ? isBars ? SparklineKind.Bars : SparklineKind.Line
            : null,
        NullText = definition?.NullText ?? column.Look?.NullText,
    };
}
