using ReportScheduler.Exports.Excel;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Shaping;
using ReportScheduler.Rows;
using ReportScheduler.Text;

namespace ReportScheduler.Exports;

/// <summary>Holds the options of a task against the columns that its queries have.</summary>
internal static class ColumnOptionCheck
{
    private const int MostColumns = 20;

    /// <summary>What can be told before the rows are read.</summary>
    /// <param name="task">The task.</param>
    /// <param name="datasets">All its datasets with their columns.</param>
    /// <returns>A sentence for each option that the files cannot follow.</returns>
    /// <exception cref="ReportException">A table of the template has a column that its dataset does not have.</exception>
    public static IEnumerable<string> Problems(ReportTask task, IReadOnlyList<(string Name, IReadOnlyList<SourceColumn> Columns)> datasets)
    {
        foreach (var problem in Unknown(task, datasets, ofChart: true))
        {
            yield return problem;
        }

        foreach (var (name, columns) in datasets)
        {
            RowShape.Check(task.Dataset(name), name, columns);
            var layout = ColumnLayout.Of(task, name, columns);
            foreach (var column in layout.Where(column => AddedColumns.Asked(column, task.Dataset(name)) is not null))
            {
                if (Words(column.Column.Kind) is { } words)
                {
                    yield return AddedColumns.NothingToAdd(column, name, task.Dataset(name), words);
                }
            }

            if (task.Template is not null && ExportFormats.Of(task).Any(format => format.TakesTemplate))
            {
                TemplateTables.CheckColumns(task, name, layout);
            }
        }
    }

    /// <param name="task">The task.</param>
    /// <param name="datasets">All its datasets with their columns.</param>
    /// <param name="ofChart">Look at the columns of the chart too.</param>
    /// <returns>A sentence for each option that names no column of any dataset; the last says which columns there are.</returns>
    public static IEnumerable<string> Unknown(ReportTask task, IReadOnlyList<(string Name, IReadOnlyList<SourceColumn> Columns)> datasets,
        bool ofChart)
    {
        // each part of a split report asks
        if (task.MailColumns.Length == 0
            && Array.TrueForAll(task.Datasets, dataset => dataset.Columns.Length == 0 && !(ofChart && dataset.Charts.Length > 0)))
        {
            yield break;
        }

        var named = task.Datasets.SelectMany(dataset => dataset.Columns).SelectMany(Options)
            .Concat(task.MailColumns.Select(name => new NamedColumn(nameof(task.MailColumns), name)));
        if (ofChart)
        {
            named = named.Concat(task.Datasets.Where(dataset => dataset.Pivot is null).SelectMany(dataset => dataset.Charts)
                .SelectMany(chart => chart.Y.Concat(chart.SecondAxis).Append(chart.X).Append(chart.SeriesBy).OfType<string>())
                .Select(name => new NamedColumn("Chart", name)));
        }

        var unknown = named.Where(option => !IsKnown(option.Key)).GroupBy(option => option.Key, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var column in unknown)
        {
            var names = string.Join(" and ", column.Select(option => "-" + option.Option).Distinct());
            yield return $"The report has no column '{column.Key}', so {names} "
                + $"{(names.Contains(' ', StringComparison.Ordinal) ? "do" : "does")} nothing for "
                + $"it.{NearMiss.Hint(column.Key, datasets.SelectMany(dataset => dataset.Columns.Select(known => known.Name)))}"
                + $"{(column == unknown[^1] ? Present(datasets) : "")}";
        }

        bool IsKnown(string name) =>
            datasets.Any(dataset => dataset.Columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The columns that there are, as a sentence. Of a very wide dataset the first ones.</summary>
    private static string Present(IReadOnlyList<(string Name, IReadOnlyList<SourceColumn> Columns)> datasets) =>
        string.Concat(datasets.Select(dataset =>
        $" {(datasets.Count == 1 ? "Its columns are" : $"The columns of '{dataset.Name}' are")} "
            + $"{string.Join(", ", dataset.Columns.Take(MostColumns).Select(column => $"'{column.Name}'"))}"
        + (dataset.Columns.Count > MostColumns ? $" and {dataset.Columns.Count - MostColumns} more." : ".")));

    /// <summary>What is said about a column, under the names of the parameters that say it.</summary>
    private static IEnumerable<NamedColumn> Options(ReportColumn column) => new (string Option, bool IsGiven)[]
    {
        ("ColumnHeader", column.Header is not null), ("ColumnFormat", column.Format is not null), ("ColumnWidth", column.Width is not null),
        ("Total", column.Total != ColumnTotal.None), ("RunningTotal", column.RunningTotal), ("ShareOf", column.ShareOf is not null),
        ("Highlight", column.Highlight.Length > 0), ("NullText", column.NullText is not null), ("Hide", column.Hidden),
    }.Where(each => each.IsGiven).Select(each => new NamedColumn(each.Option, column.Name));

    /// <summary>What values are that cannot be added up; null for numbers and times.</summary>
    public static string? Words(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Double or ColumnKind.Time => null,
        ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset => "dates",
        ColumnKind.Boolean => "true or false",
        ColumnKind.Binary => "binary",
        _ => "text",
    };

    private sealed record NamedColumn(string Option, string Key);
}
