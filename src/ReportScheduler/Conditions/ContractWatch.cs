using System.Globalization;
using ReportScheduler.Rows;
using ReportScheduler.Text;

namespace ReportScheduler.Conditions;

/// <summary>Holds a result against what is expected of it.</summary>
internal sealed class ContractWatch : IRowWatcher
{
    private readonly Contract contract;
    private readonly Condition figures;
    private readonly ConditionWatch watch;
    private readonly List<SourceColumn> columns = [];

    public ContractWatch(Contract contract)
    {
        this.contract = contract;
        // one that asks for all figures, of which each is looked at by itself
        figures = new Condition("-Expect", contract.Conditions.Select(each => each.Condition.Root)
            .Concat(contract.Drifts.Select(drift => new ConditionNode.Comparison(drift.Figure, ">=", new ConditionTerm.Fixed("0", 0m))))
            .Concat(contract.Noted.Select(figure => new ConditionNode.Comparison(figure, ">=", new ConditionTerm.Fixed("0", 0m))))
            .Concat(contract.Columns.Where(column => column.Kind is not null).Select(column => new ConditionNode.Comparison(
                new ConditionTerm.Figure(column.Name, null, ConditionFunction.Count, column.Name), ">=", new ConditionTerm.Fixed("0", 0m))))
            .Concat(DateColumns.SelectMany(name => new[] { ConditionFunction.Minimum, ConditionFunction.Maximum }
                .Select(function => new ConditionNode.Comparison(new ConditionTerm.Figure(name, null, function, name), ">=",
                    new ConditionTerm.Fixed("0", 0m)))))
            .Aggregate((ConditionNode)new ConditionNode.Comparison(Rows, ">=", new ConditionTerm.Fixed("0", 0m)),
                (all, one) => new ConditionNode.Both(all, one)));
        watch = new ConditionWatch(figures);
    }

    private static ConditionTerm.Figure Rows { get; } = new("rows", null, ConditionFunction.Rows, "");

    private IEnumerable<string> DateColumns =>
        contract.Columns.Where(column => column.Kind is not null && ContractKind.IsDate(column.Kind)).Select(column => column.Name);

    /// <summary>The totals that the next result is held against, by the words of their figures.</summary>
    public IEnumerable<(string Figure, decimal Value)> Totals() => contract.Drifts.Select(drift => drift.Figure)
        .Concat(contract.Noted).Where(Has).Select(figure => (figure.Text, Known(figure))).Where(total => total.Item2 is not null)
        .Select(total => (total.Text, total.Item2!.Value)).DistinctBy(total => total.Text);

    public void Begin(string dataset, IReadOnlyList<SourceColumn> found)
    {
        columns.AddRange(found);
        watch.Begin(dataset, found);
    }

    public void Take(RowBatch batch) => watch.Take(batch);

    /// <summary>What was expected and is not so, a sentence each.</summary>
    /// <param name="dueAt">The instant that relative dates count from.</param>
    /// <param name="zone">The zone whose calendar they follow.</param>
    /// <param name="last">The total of the last result for a figure; null when there is none.</param>
    public IEnumerable<string> Violations(DateTimeOffset dueAt, TimeZoneInfo zone, Func<string, decimal?> last)
    {
        foreach (var violation in Columns().Concat(RowCount()))
        {
            yield return violation;
        }

        foreach (var (text, condition) in contract.Conditions)
        {
            if (Said(text, () => new ConditionVerdict(condition, watch, dueAt, zone) is var verdict && !verdict.Holds()
                ? verdict.Found()
                : null) is { } violation)
            {
                yield return violation;
            }
        }

        foreach (var drift in contract.Drifts)
        {
            if (Said(drift.Text, () => Drifted(drift, last(drift.Figure.Text))) is { } violation)
            {
                yield return violation;
            }
        }
    }

    /// <summary>The columns that are not as they should be.</summary>
    /// <param name="contract">What is expected.</param>
    /// <param name="columns">The columns there are.</param>
    /// <param name="isDate">Whether a column of texts has dates.</param>
    /// <param name="isUnknown">Whether a column of texts has no value that says what it is.</param>
    public static IEnumerable<string> Columns(Contract contract, IReadOnlyList<SourceColumn> columns, Func<SourceColumn, bool> isDate,
        Func<SourceColumn, bool> isUnknown)
    {
        foreach (var (name, kind) in contract.Columns)
        {
            var found = columns.Where(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (found.Count == 0)
            {
                yield return $"expected the column '{name}', found "
                    + (columns.Count == 0 ? "no columns" : EnglishText.List(columns.Take(20).Select(column => $"'{column.Name}'"), "and"))
                    + Near(name, columns);
            }
            else if (kind is not null
                && !found.Exists(column => ContractKind.Find(kind)!.Contains(column.Kind) || (ContractKind.IsDate(kind) && isDate(column))
                    || isUnknown(column)))
            {
                yield return $"expected '{name}' to be {kind}, found {ContractKind.NameOf(found[0].Kind)}";
            }
        }
    }

    private static string Near(string name, IReadOnlyList<SourceColumn> columns) =>
        NearMiss.Nearest(name, columns.Select(column => column.Name)) is [var near, ..] ? $" (perhaps '{near}' is meant)" : "";

    // the first and the last of what texts say; of no rows nobody can say
    private IEnumerable<string> Columns() => Columns(contract, columns, column => column.Kind == ColumnKind.Text
        && watch.HasValues(column.Name) && new[] { ConditionFunction.Minimum, ConditionFunction.Maximum }.All(function =>
            ConditionValue.Of(watch.Of(new ConditionTerm.Figure(column.Name, null, function, column.Name)).Value, column) is not string text
            || DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        column => column.Kind == ColumnKind.Text && !watch.HasValues(column.Name));

    private IEnumerable<string> RowCount()
    {
        var rows = watch.Of(Rows).Value.Int64;
        if (rows < contract.MinRows || rows > contract.MaxRows)
        {
            yield return "expected "
                + $"{(contract.MinRows == contract.MaxRows ? $"{contract.MinRows}" : $"{contract.MinRows}..{contract.MaxRows}")}"
                + $" rows, found {rows}";
        }
    }

    private string? Drifted(ContractDrift drift, decimal? last)
    {
        if (last is not { } before)
        {
            return null;
        }

        var now = Number(watch.Of(drift.Figure).Value);
        var room = drift.IsPercent ? Math.Abs(before) * drift.Much / 100 : drift.Much;
        return now is { } value && Math.Abs(value - before) <= room ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"{drift.Figure.Text} = {(now is null ? "nothing" : $"{now:0.##########}")} after {before:0.##########}");
    }

    // what cannot be asked of the result is a violation like another
    private static string? Said(string text, Func<string?> find)
    {
        try
        {
            return find() is { } found ? $"expected '{text}', found {found}" : null;
        }
        catch (ReportException problem)
        {
            return $"expected '{text}': {problem.Message.TrimEnd('.')}";
        }
    }

    // of texts there is none, which the violations say
    private decimal? Known(ConditionTerm.Figure figure)
    {
        try
        {
            return Number(watch.Of(figure).Value);
        }
        catch (ReportException)
        {
            return null;
        }
    }

    private bool Has(ConditionTerm.Figure figure) =>
        figure.Column.Length == 0 || columns.Count(column => column.Name.Equals(figure.Column, StringComparison.OrdinalIgnoreCase)) == 1;

    private static decimal? Number(Cell cell) => ConditionValue.Of(cell, null) switch
    {
        decimal exact => exact,
        double rough when Math.Abs(rough) < 1e28 => (decimal)rough,
        _ => null,
    };
}
