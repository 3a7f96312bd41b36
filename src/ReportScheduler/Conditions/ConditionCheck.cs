using ReportScheduler.Rows;

namespace ReportScheduler.Conditions;

/// <summary>Holds a condition against the columns that its report has.</summary>
internal static class ConditionCheck
{
    /// <param name="condition">The condition.</param>
    /// <param name="datasets">All datasets with their columns.</param>
    /// <exception cref="ReportException">A column is not there, is there twice, or has values that cannot be added.</exception>
    public static void CheckColumns(Condition condition, IReadOnlyList<(string Name, IReadOnlyList<SourceColumn> Columns)> datasets)
    {
        foreach (var figure in condition.Figures().Where(figure => figure.Column.Length > 0))
        {
            CheckColumn(condition, figure, [.. datasets.Where(
                dataset => figure.Dataset is null || figure.Dataset.Equals(dataset.Name, StringComparison.OrdinalIgnoreCase))]);
        }
    }

    /// <param name="condition">The condition.</param>
    /// <param name="figure">One of its figures.</param>
    /// <param name="asked">The datasets that it may be of.</param>
    /// <param name="hasValues">Whether the column has any value; one without, as of no rows, may be of every kind.</param>
    /// <exception cref="ReportException">The column is not there, is there twice, or has values that cannot be added.</exception>
    public static void CheckColumn(Condition condition, ConditionTerm.Figure figure,
        IReadOnlyList<(string Name, IReadOnlyList<SourceColumn> Columns)> asked, bool hasValues = true)
    {
        var having = asked.Where(dataset => dataset.Columns.Any(IsIt)).ToList();
        if (having.Count == 0)
        {
            throw ConditionErrors.ConditionColumnUnknown(condition.Subject, condition.Text, figure.Column,
                [.. asked.SelectMany(dataset => dataset.Columns).Select(column => column.Name).Distinct(StringComparer.OrdinalIgnoreCase)]);
        }

        if (having.Count > 1)
        {
            throw ConditionErrors.ConditionAmbiguous(condition.Subject, condition.Text, figure.Column,
                [.. having.Select(dataset => dataset.Name)]);
        }

        if (hasValues && figure.Function is ConditionFunction.Total or ConditionFunction.Average
            && Words(having[0].Columns.First(IsIt).Kind) is { } words)
        {
            throw ConditionErrors.ConditionNothingToAdd(condition.Subject, condition.Text, figure.Text, words);
        }

        bool IsIt(SourceColumn column) => column.Name.Equals(figure.Column, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What values are that cannot be added up; null for others.</summary>
    private static string? Words(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Double or ColumnKind.Time => null,
        ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset => "dates",
        ColumnKind.Boolean => "true or false",
        ColumnKind.Binary => "binary",
        _ => "text",
    };
}
