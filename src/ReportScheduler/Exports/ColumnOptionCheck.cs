using System.Collections;
using ReportScheduler.Exports.Excel;
using ReportScheduler.Tasks;

namespace ReportScheduler.Exports;

/// <summary>Holds the options of a task against the columns that its queries have.</summary>
internal static class ColumnOptionCheck
{
    /// <summary>What can be told before the rows are read.</summary>
    /// <param name="task">The task.</param>
    /// <param name="datasets">All its datasets with their columns.</param>
    /// <returns>A sentence for each option that the files cannot follow.</returns>
    /// <exception cref="ReportException">A table of the template has a column that its dataset does not have.</exception>
    public static IEnumerable<string> Problems(ReportTask task, IReadOnlyList<(string Name, IReadOnlyList<ReportColumn> Columns)> datasets)
    {
        foreach (var problem in Unknown(task, datasets, ofChart: task.Chart is not null))
        {
            yield return problem;
        }
        foreach (var (name, columns) in datasets)
        {
            var layout = ColumnLayout.Of(task, name, columns);
            foreach (var column in layout.Where(column => column.Total is ColumnTotal.Sum or ColumnTotal.Average))
            {
                if (Words(column.Column.Kind) is { } words)
                {
                    yield return NothingToAdd(column, name, words);
                }
            }
            if (task.Template is not null && task.Format.Contains(ReportFormat.Excel))
            {
                TemplateTables.CheckColumns(task, name, layout);
            }
        }
    }

    /// <param name="task">The task.</param>
    /// <param name="datasets">All its datasets with their columns.</param>
    /// <param name="ofChart">Look at the columns of the chart too.</param>
    /// <returns>A sentence for each option that names no column of any dataset.</returns>
    public static IEnumerable<string> Unknown(ReportTask task, IReadOnlyList<(string Name, IReadOnlyList<ReportColumn> Columns)> datasets, bool ofChart)
    {
        var named = Named("ColumnHeader", task.ColumnHeader?.Keys)
            .Concat(Named("ColumnFormat", task.ColumnFormat?.Keys))
            .Concat(Named("ColumnWidth", task.ColumnWidth?.Keys))
            .Concat(Named("Total", task.Total?.Keys))
            .Concat(Named("Highlight", task.Highlight?.Keys))
            .Concat(Named("Hide", task.Hide));
        if (ofChart)
        {
            named = named.Concat(Named("ChartY", task.ChartY)).Concat(Named("ChartX", task.ChartX is null ? null : new[] { task.ChartX }));
        }
        foreach (var column in named.Where(option => !IsKnown(option.Key)).GroupBy(option => option.Key, StringComparer.OrdinalIgnoreCase))
        {
            var names = string.Join(" and ", column.Select(option => "-" + option.Option).Distinct());
            yield return $"The report has no column '{column.Key}', so {names} {(names.Contains(' ', StringComparison.Ordinal) ? "do" : "does")} nothing for it.";
        }

        bool IsKnown(string key) => datasets.Any(dataset => dataset.Columns.Any(column => ColumnLayout.Names(key, dataset.Name, column)));
    }

    private static IEnumerable<NamedColumn> Named(string option, IEnumerable? keys) =>
        keys?.Cast<object>().Select(key => new NamedColumn(option, $"{key}")) ?? [];

    /// <summary>What values are that cannot be added up; null for numbers and times.</summary>
    public static string? Words(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Double or ColumnKind.Time => null,
        ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset => "dates",
        ColumnKind.Boolean => "true or false",
        ColumnKind.Binary => "binary",
        _ => "text",
    };

    /// <returns>A sentence for a total that adds up nothing.</returns>
    public static string NothingToAdd(LaidOutColumn column, string dataset, string values) =>
        $"The column '{column.Column.Name}' of '{dataset}' has no {(column.Total == ColumnTotal.Sum ? "sum" : "average")}: its values are {values}. If they are numbers, say so in the query with CAST; else use -Total @{{ {column.Column.Name} = 'count' }}, or none.";

    private sealed record NamedColumn(string Option, string Key);
}
