using ReportScheduler.Text;

namespace ReportScheduler.Exports;

/// <summary>Refuses groups and matrices that no report could have.</summary>
internal static class ShapeCheck
{
    /// <summary>Excel folds rows at most so deep.</summary>
    private const int MostLevels = 7;

    /// <param name="name">The dataset's name.</param>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="ReportException">GroupByNotUsable, PivotNotUsable or ColumnOptionNotUsable.</exception>
    public static void Check(string name, ReportDataset dataset)
    {
        if (dataset.GroupBy.Any(string.IsNullOrWhiteSpace))
        {
            throw ExportErrors.GroupByNotUsable(name, "", "-GroupBy has an empty name. Give the names of columns.");
        }

        if (dataset.GroupBy.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } repeated)
        {
            throw ExportErrors.GroupByNotUsable(name, repeated.Key,
                $"-GroupBy names the column '{repeated.Key}' twice. Name each column once.");
        }

        if (dataset.GroupBy.Length > MostLevels)
        {
            throw ExportErrors.GroupByNotUsable(name, dataset.GroupBy[MostLevels],
                $"-GroupBy names {dataset.GroupBy.Length} columns, and groups can lie in one another {MostLevels} deep. Name fewer.");
        }

        if (dataset is { GroupBy.Length: 0, SheetPerGroup: true } or { GroupBy.Length: 0, PageBreakPerGroup: true })
        {
            var option = dataset.SheetPerGroup ? nameof(dataset.SheetPerGroup) : nameof(dataset.PageBreakPerGroup);
            throw ExportErrors.GroupByNotUsable(name, option, $"-{option} needs groups. Say with -GroupBy which column makes them.");
        }

        if (dataset is { NativePivot: true, Pivot: null })
        {
            throw ExportErrors.NativePivotNotUsable(name, "it needs a matrix. Say with -Pivot what makes its lines and columns.");
        }

        if (dataset is { NativePivot: true, Pivot.Function: ColumnTotal.Distinct })
        {
            throw ExportErrors.NativePivotNotUsable(name,
                "Excel's pivot tables count no distinct values. Give another function, or leave out -NativePivot.");
        }

        if (dataset.Pivot is { } pivot)
        {
            Check(name, dataset, pivot);
        }

        foreach (var column in dataset.Columns.Where(column => column.ShareOf is not null && !IsShare(column.ShareOf, dataset)))
        {
            throw ReportErrors.ColumnOptionNotUsable(nameof(column.ShareOf), column.Name, column.ShareOf,
                dataset.GroupBy.Length == 0 ? "total, or group the rows with -GroupBy" : "total, group, or one of the columns of "
                    + $"-GroupBy: {EnglishText.List(dataset.GroupBy.Select(key => $"'{key}'"), "or")}");
        }
    }

    private static void Check(string name, ReportDataset dataset, ReportPivot pivot)
    {
        if (dataset.GroupBy.Length > 0)
        {
            throw ExportErrors.PivotNotUsable(name, nameof(dataset.GroupBy),
                "the lines of a matrix are its groups. Leave out -GroupBy or -Pivot, or make a dataset of each.");
        }

        if (pivot.Rows.Length == 0 || pivot.Rows.Any(string.IsNullOrWhiteSpace) || string.IsNullOrWhiteSpace(pivot.Columns))
        {
            throw ExportErrors.PivotNotUsable(name, $"{pivot}",
                "it has to name the columns whose values make the lines (Rows) and the columns (Columns).");
        }

        if (pivot.Rows.Append(pivot.Columns).GroupBy(column => column, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Count() > 1) is { } repeated)
        {
            throw ExportErrors.PivotNotUsable(name, repeated.Key,
                $"it names the column '{repeated.Key}' twice in Rows and Columns. Name each column once.");
        }

        if (int.PopCount((int)pivot.Function) != 1)
        {
            throw ExportErrors.PivotNotUsable(name, $"{pivot.Function}",
                $"'{pivot.Function}' is not one function. Give sum, avg, count, min, max or distinct.");
        }

        if (string.IsNullOrWhiteSpace(pivot.Value) && pivot.Function != ColumnTotal.Count)
        {
            throw ExportErrors.PivotNotUsable(name, $"{pivot}",
                $"it has to name the column that it takes the {pivot.Function.ToString().ToLowerInvariant()} of (Value).");
        }

        if (Array.Find(dataset.Columns, column => column.RunningTotal || column.ShareOf is not null) is { } added)
        {
            throw ExportErrors.PivotNotUsable(name, added.Name,
                $"a matrix has neither running totals nor shares, which the column '{added.Name}' asks for. Leave out one of the two.");
        }
    }

    private static bool IsShare(string of, ReportDataset dataset) =>
        of.Equals("total", StringComparison.OrdinalIgnoreCase)
        || (dataset.GroupBy.Length > 0 && of.Equals("group", StringComparison.OrdinalIgnoreCase))
        || dataset.GroupBy.Contains(of, StringComparer.OrdinalIgnoreCase);
}
