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

    /// <summary>The instants of the points in order, for a line over time; null for a chart whose points stand side by side.</summary>
    private readonly List<DateTime>? times;
    private long undated;

    private ChartData(ChartKind kind, string dataset, LaidOutColumn x, LaidOutColumn[] y, CultureInfo culture, Action<string> warn)
    {
        (Kind, Dataset, this.x, this.y, Culture, this.warn) = (kind, dataset, x, y, culture, warn);
        labelText = new CellText(culture, x.Format);
        values = [.. y.Select(_ => new List<double>())];
        slices = kind == ChartKind.Pie ? new PieSlices() : null;
        times = kind == ChartKind.Line && x.Column.Kind is ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset ? [] : null;
    }

    public ChartKind Kind { get; }

    public string Dataset { get; }

    public CultureInfo Culture { get; }

    /// <summary>The text of each point along the axis, or of each slice.</summary>
    public IReadOnlyList<string> Labels => slices?.Labels ?? labels;

    /// <summary>Name and values of each series; a value that is missing or no number is NaN.</summary>
    public IEnumerable<(string Name, IReadOnlyList<double> Values)> Series =>
        y.Select((column, index) => (column.Column.Header, slices?.Values ?? values[index]));

    /// <summary>Where each point stands: side by side at 0, 1, 2 in the order of the rows, or as far apart as their dates, between 0 and the number of points less one.</summary>
    public IReadOnlyList<double> Places => IsTimeline && times![^1] > times[0]
        ? [.. times.Select(time => (time - times[0]) / (times[^1] - times[0]) * (times.Count - 1))]
        : [.. Enumerable.Range(0, Labels.Count).Select(place => (double)place)];

    /// <summary>Whether the points stand in the order and distance of their dates. Bars stay in the order of the rows, which may be a ranking.</summary>
    public bool IsTimeline => times is { Count: > 0 };

    /// <summary>The header of the column along the axis.</summary>
    public string LabelHeader => x.Column.Header;

    /// <summary>How many rows the dataset had.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether rows are missing in the chart.</summary>
    public bool IsCut => slices is null && Rows > labels.Count + undated;

    /// <summary>Whether values have no place in the chart, because a pie has none for what is below zero.</summary>
    public bool LacksNegative => slices is { HasNegative: true };

    /// <summary>Whether rows have no place in the chart, because they have no date.</summary>
    public bool LacksUndated => undated > 0;

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
            var keys = task.ChartX is null ? task.ChartY : task.ChartY.Prepend(task.ChartX);
            var lost = keys.FirstOrDefault(key => !columns.Any(column => ColumnLayout.Names(key, dataset, column)));
            document.Warn($"The report has no chart: it lacks {chosen.Missing}.{(lost is null ? "" : NearMiss.Hint(lost, columns.Select(column => column.Name)))}");
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
                AddPoint(rows[row]);
            }
            else
            {
                Rows += rows.Count - row - 1;
                return;
            }
        }
    }

    /// <summary>After the last row: says so when a pie has nothing to show of them, or bars have a name more than once.</summary>
    public void End()
    {
        if (Kind == ChartKind.Bar && labels.Distinct(StringComparer.Ordinal).Count() is var different && different < labels.Count)
        {
            warn($"The chart of '{Dataset}' has a bar for each row, and '{x.Column.Name}' has {different} values in {labels.Count} of them. Let the query GROUP BY it, or give another -ChartX.");
        }

        if (Rows > 0 && !HasPoints)
        {
            warn($"'{Dataset}' has no pie chart: no value of '{y[0].Column.Name}' is above zero. -Chart Bar shows zero and less.");
        }
    }

    private void AddPoint(ReadOnlySpan<Cell> row)
    {
        var at = labels.Count;
        ref readonly var cell = ref row[x.Column.Index];
        if (times is not null)
        {
            if (cell.Kind is not (CellKind.Date or CellKind.DateTime or CellKind.DateTimeOffset))
            {
                undated++;
                return;
            }

            var time = cell.Kind == CellKind.DateTimeOffset ? cell.DateTimeOffset.UtcDateTime : cell.DateTime;
            at = times.FindLastIndex(other => other <= time) + 1;
            times.Insert(at, time);
        }

        labels.Insert(at, labelText.Of(cell));
        for (var series = 0; series < y.Length; series++)
        {
            values[series].Insert(at, Number(row[y[series].Column.Index]));
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
