using System.Globalization;
using ReportScheduler.Tasks;

namespace ReportScheduler.Exports.Charts;

/// <summary>What the chart of a dataset shows, gathered while its rows pass: rows that have the same place along the axis are added up. The number of points is bounded.</summary>
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
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private long undated;
    private long beyond;
    private bool isSummed;

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

    /// <summary>Whether a point stands for several rows.</summary>
    public bool IsSummed => slices?.IsSummed ?? isSummed;

    /// <summary>Whether it shows something else than row for row.</summary>
    public bool IsCondensed => IsSummed || slices is { HasOthers: true };

    /// <summary>The instants of the points of a timeline; null for other charts.</summary>
    public IReadOnlyList<DateTime>? Times => times;

    /// <summary>What people should know who look at the chart; null for nothing.</summary>
    public string? Note
    {
        get
        {
            string?[] notes =
            [
                IsSummed ? $"Rows with the same {LabelHeader} are added up." : null,
                beyond == 0 ? null : IsSummed
                    ? string.Create(Culture, $"{beyond:N0} of {Rows:N0} rows, whose {LabelHeader} came after the first {labels.Count:N0}, are not in the chart.")
                    : string.Create(Culture, $"The first {labels.Count:N0} of {Rows:N0} rows."),
                slices is { HasNegative: true } ? "Values below zero have no slice." : null,
                undated > 0 ? "Rows without a date have no place." : null,
            ];
            return notes.Any(note => note is not null) ? string.Join(' ', notes.OfType<string>()) : null;
        }
    }

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

        if (!task.HasSeveralDatasets)
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
            else if (Point(rows[row][x.Column.Index]) is { } point)
            {
                for (var series = 0; series < y.Length; series++)
                {
                    var value = Number(rows[row][y[series].Column.Index]);
                    var sum = values[series][point];
                    values[series][point] = double.IsNaN(sum) ? value : double.IsNaN(value) ? sum : sum + value;
                }
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

    /// <summary>The point of a row; null when the chart has no room for one more.</summary>
    private int? Point(in Cell cell)
    {
        if (times is not null)
        {
            return TimePoint(cell);
        }

        var label = labelText.Of(cell);
        if (places.TryGetValue(label, out var place))
        {
            isSummed = true;
            return place;
        }

        if (labels.Count == MostPoints)
        {
            beyond++;
            return null;
        }

        places.Add(label, labels.Count);
        return NewPoint(labels.Count, label);
    }

    private int? TimePoint(in Cell cell)
    {
        if (cell.Kind is not (CellKind.Date or CellKind.DateTime or CellKind.DateTimeOffset))
        {
            undated++;
            return null;
        }

        var time = cell.Kind == CellKind.DateTimeOffset ? cell.DateTimeOffset.UtcDateTime : cell.DateTime;
        var at = times!.BinarySearch(time);
        if (at >= 0)
        {
            isSummed = true;
            return at;
        }

        if (labels.Count == MostPoints)
        {
            beyond++;
            return null;
        }

        times.Insert(~at, time);
        return NewPoint(~at, labelText.Of(cell));
    }

    private int NewPoint(int at, string label)
    {
        labels.Insert(at, label);
        foreach (var series in values)
        {
            series.Insert(at, double.NaN);
        }

        return at;
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
