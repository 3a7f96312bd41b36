using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>Finds columns whose sum or average is asked for and that have no number and no time.</summary>
/// <remarks>Only the rows tell: the values of an SQLite column may be of any type.</remarks>
internal sealed class AddedColumns(string dataset, IReadOnlyList<LaidOutColumn> columns, ReportDataset definition)
{
    private readonly List<OpenColumn> open =
        [.. columns.Where(column => Asked(column, definition) is not null).Select(column => new OpenColumn(column, CellKind.Null))];

    /// <summary>A sentence for each of them, when all rows have passed.</summary>
    public IEnumerable<string> Warnings => open.Where(column => column.Seen != CellKind.Null)
        .Select(column => NothingToAdd(column.Column, dataset, definition, Words(column.Seen)));

    public void Take(RowBatch rows)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                ref readonly var cell = ref rows[row][open[i].Column.Column.Index];
                var kind = cell.Kind == CellKind.Text && LongNumber.MayBeIn(open[i].Column.Column.Kind) && LongNumber.IsNumber(cell.Text)
                    ? CellKind.Decimal
                    : cell.Kind;
                if (kind is CellKind.Integer or CellKind.Decimal or CellKind.Double or CellKind.Time)
                {
                    open.RemoveAt(i);
                    break;
                }

                open[i] = kind == CellKind.Null || kind == open[i].Seen ? open[i] : open[i] with { Seen = kind };
            }
        }
    }

    /// <summary>What is asked of a column that adds up its values; null for nothing.</summary>
    public static string? Asked(LaidOutColumn column, ReportDataset definition) =>
        column.Total.HasFlag(ColumnTotal.Sum) ? "sum"
        : column.Total.HasFlag(ColumnTotal.Average) ? "average"
        : definition.Pivot is not null ? null
        : definition.Column(column.Column.Name) switch
        {
            { RunningTotal: true } => "running total",
            { ShareOf: not null } => "share",
            _ => null,
        };

    /// <returns>A sentence for a total that adds up nothing.</returns>
    public static string NothingToAdd(LaidOutColumn column, string dataset, ReportDataset definition, string values)
    {
        var asked = Asked(column, definition);
        var other = column.AddsUp ? $"use -Total @{{ {column.Column.Name} = 'count' }}, or none." : $"leave the {asked} out.";
        return $"The column '{column.Column.Name}' of '{dataset}' has no {asked}: its values are {values}. "
            + $"If they are numbers, {Cast(definition)}; else {other}";
    }

    /// <summary>How values are told to be numbers: in the query, or where objects come from.</summary>
    public static string Cast(ReportDataset definition) => definition.Query.Length > 0
        ? "say so in the query with CAST"
        : "make numbers of them, such as [decimal]$_.Amount";

    private static string Words(CellKind kind) => kind switch
    {
        CellKind.Date or CellKind.DateTime or CellKind.DateTimeOffset => "dates",
        CellKind.Boolean => "true or false",
        CellKind.Binary => "binary",
        _ => "text",
    };

    private sealed record OpenColumn(LaidOutColumn Column, CellKind Seen);
}
