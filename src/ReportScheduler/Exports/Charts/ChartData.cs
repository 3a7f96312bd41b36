using System.Globalization;
using ReportScheduler.Tasks;

namespace ReportScheduler.Exports.Charts;

/// <summary>What the chart of a dataset shows, gathered while its rows pass. The number of points is bounded.</summary>
internal sealed class ChartData
{
    private readonly LaidOutColumn x;
    private readonly LaidOutColumn[] y;
    private readonly Action<string> warn;
    private readonly CellText labelText;
    private readonly List<string> labels = [];
    private readonly List<double>[] values;
    private readonly PieSlices? slices;

    private ChartData(ChartKind kind, string dataset, LaidOutColumn x, LaidOutColumn[] y, CultureInfo culture, Action<string> warn)
    {
        (Kind, Dataset, this.x, this.y, Culture, this.warn) = (kind, dataset, x, y, culture, warn);
        labelText = new CellText(culture, x.Format);
        values = [.. y.Select(_ => new List<double>())];
        slices = kind == ChartKind.Pie ? new PieSlices() : null;
    }

    public ChartKind Kind { get; }

    public string Dataset { get; }

    public CultureInfo Culture { get; }

    /// <summary>The text of each point along the axis, or of each slice.</summary>
    public IReadOnlyList<string> Labels => slices?.Labels ?? labels;

    /// <summary>Name and values of each series; a value that is missing or no number is NaN.</summary>
    public IEnumerable<(string Name, IReadOnlyList<double> Values)> Series =>
        y.Select((column, index) => (column.Column.Header, slices?.Values ?? values[index]));

    /// <summary>The header of the column along the axis.</summary>
    public string LabelHeader => x.Column.Header;

    /// <summary>How many rows the dataset had.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether rows are missing in the chart.</summary>
    public bool IsCut => slices is null && Rows > labels.Count;

    /// <summary>Whether values have no place in the chart, because a pie has none for what is below zero.</summary>
    public bool LacksNegative => slices is { HasNegative: true };

    public bool HasPoints => Labels.Count > 0 && values.Length > 0;

    private int MostPoints => Kind == ChartKind.Bar ? 60 : 1000;

    /// <summary>The chart a task wants of a dataset; null for none, or when the dataset lacks its columns.</summary>
    public static ChartData? Of(ReportDocument document, string dataset, IReadOnlyList<ReportColumn> columns)
    {
        var task = document.Task;
        if (task.Chart is not { } kind || columns.Count == 0)
        {
            return null;
        }

        // a hidden column may still be drawn
        var layout = ColumnLayout.Of(document with { Task = new ReportTask { Name = task.Name, ColumnHeader = task.ColumnHeader, ColumnFormat = task.ColumnFormat, Datasets = task.Datasets }, Warn = _ => { } }, dataset, columns);
        var chosen = ChartColumns.Of(task, dataset, layout);
        if (chosen.Missing is null)
        {
            return new ChartData(kind, dataset, chosen.X!, [.. chosen.Y], document.Culture, document.Warn);
        }

        if (task.Datasets is null)
        {
            document.Warn($"The report has no chart: it lacks {chosen.Missing}.");
        }

        return null;
    }

    public void Add(RowBatch rows)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            Rows++;
            if (slices is not null)
            {
                slices.Add(labelText.Of(rows[row][x.Column.Index]), Number(rows[row][y[0].Column.Index]));
            }
            else if (labels.Count < MostPoints)
            {
                labels.Add(labelText.Of(rows[row][x.Column.Index]));
                for (var series = 0; series < y.Length; series++)
                {
                    values[series].Add(Number(rows[row][y[series].Column.Index]));
                }
            }
            else
            {
                Rows += rows.Count - row - 1;
                return;
            }
        }
    }

    /// <summary>After the last row: says so when a pie has nothing to show of them.</summary>
    public void End()
    {
        if (Rows > 0 && !HasPoints)
        {
            warn($"'{Dataset}' has no pie chart: no value of '{y[0].Column.Name}' is above zero. -Chart Bar shows zero and less.");
        }
    }

    private static double Number(in Cell cell) => cell.Kind switch
    {
        CellKind.Integer => cell.Int64,
        CellKind.Decimal => (double)cell.Decimal,
        CellKind.Double when double.IsFinite(cell.Double) => cell.Double,
        CellKind.Time => cell.Time.TotalHours,
        _ => double.NaN,
    };
}
