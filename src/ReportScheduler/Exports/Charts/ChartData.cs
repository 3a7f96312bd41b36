using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Text;

namespace ReportScheduler.Exports.Charts;

/// <summary>What the chart of a dataset shows, gathered while its rows pass: rows that have the same place along the axis are added up. The number of points is bounded.</summary>
internal sealed class ChartData
{
    // More nobody can tell apart, and Excel opens such a chart slowly.
    private const int MostBars = 60;
    private const int MostPoints = 1000;

    private readonly LaidOutColumn x;
    private readonly LaidOutColumn[] y;
    private readonly Action<string> warn;
    private readonly CellText labelText;
    private readonly ValueText? valueText;
    private readonly TimeZoneInfo zone;
    private readonly ChartPoints points;
    private readonly PieSlices? slices;

    /// <summary>Whether it is a line over time; the points of others stand side by side.</summary>
    private readonly bool isOverTime;
    private long undated;

    private ChartData(ChartKind kind, string dataset, LaidOutColumn x, LaidOutColumn[] y, ReportDocument document)
    {
        (Kind, Dataset, this.x, this.y, Culture, zone, warn) = (kind, dataset, x, y, document.Culture, document.Zone, document.Warn);
        labelText = new CellText(x, Culture, zone);
        valueText = y.Length == 0 ? null : Exports.Charts.ValueText.Of(y[0], Culture);
        slices = kind == ChartKind.Pie ? new PieSlices() : null;
        isOverTime = kind == ChartKind.Line && x.Column.Kind is ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset;
        points = new ChartPoints(y.Length, kind == ChartKind.Bar ? MostBars : MostPoints, isOverTime);
    }

    public ChartKind Kind { get; }

    public string Dataset { get; }

    /// <summary>The heading that the definition gives it; null for the dataset's name.</summary>
    public string? Title { get; private init; }

    public CultureInfo Culture { get; }

    /// <summary>The text of each point along the axis, or of each slice.</summary>
    public IReadOnlyList<string> Labels => slices?.Labels ?? points.Labels;

    /// <summary>Name and values of each series; a value that is missing or no number is NaN.</summary>
    public IEnumerable<(string Name, IReadOnlyList<double> Values)> Series =>
        y.Select((column, index) => (column.Column.Header, slices?.Values ?? points.Values(index)));

    /// <summary>Where each point stands: side by side at 0, 1, 2 in the order of the rows, or as far apart as their dates, between 0 and the number of points less one.</summary>
    public IReadOnlyList<double> Places => Times is [var first, .., var last] times
        ? [.. times.Select(time => (time - first) / (last - first) * (times.Count - 1))]
        : [.. Enumerable.Range(0, Labels.Count).Select(place => (double)place)];

    /// <summary>Whether the points stand in the order and distance of their dates. Bars stay in the order of the rows, which may be a ranking.</summary>
    public bool IsTimeline => Times is { Count: > 0 };

    /// <summary>The header of the column along the axis.</summary>
    public string LabelHeader => x.Column.Header;

    /// <summary>How many rows the dataset had.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether a point stands for several rows.</summary>
    public bool IsSummed => slices?.IsSummed ?? points.IsSummed;

    /// <summary>Whether it shows something else than row for row.</summary>
    public bool IsCondensed => IsSummed || slices is { HasOthers: true };

    /// <summary>The instants of the points of a timeline; null for other charts.</summary>
    public IReadOnlyList<DateTime>? Times => isOverTime ? [.. points.Keys.Select(ticks => new DateTime(ticks))] : null;

    /// <summary>The rows that a chart of cells would have to draw to show the same; null when it cannot, because they do not stand together or are added up.</summary>
    public (long First, long Count)? Drawn =>
        IsCondensed ? null
        // a row without a slice would draw one in a workbook, and give those behind it other colours
        : slices is not null ? (Rows <= MostBars && Rows == Labels.Count ? (0, Rows) : null)
        : points.Beyond == 0 ? (0, Rows)
        : points.FirstRow is { } first ? (first, points.Labels.Count) : null;

    /// <summary>What says which rows are not in it; null when all are.</summary>
    public string? Missing => points.Beyond == 0 ? null
        : IsSummed ? string.Create(Culture, $"{points.Beyond:N0} of {Rows:N0} rows, whose {LabelHeader} {(points.AreOlder ? $"came before {Labels[0]}" : $"came after the first {Labels.Count:N0}")}, are not in the chart.")
        : string.Create(Culture, $"The {(points.AreOlder ? "newest" : "first")} {Labels.Count:N0} of {Rows:N0} rows.");

    /// <summary>A value as its column shows it; null where that has no format of its own.</summary>
    public string? ValueText(double value) => valueText?.Of(value);

    /// <summary>What people should know who look at the chart; null for nothing.</summary>
    public string? Note
    {
        get
        {
            string?[] notes =
            [
                IsSummed ? $"Rows with the same {LabelHeader} are added up." : null,
                Missing,
                slices is { HasNegative: true } ? "Values below zero have no slice." : null,
                undated > 0 ? "Rows without a date have no place." : null,
            ];
            return notes.Any(note => note is not null) ? string.Join(' ', notes.OfType<string>()) : null;
        }
    }

    public bool HasPoints => Labels.Count > 0 && y.Length > 0;


    /// <summary>The chart a task wants of a dataset; null for none, or when the dataset lacks its columns.</summary>
    public static ChartData? Of(ReportDocument document, string dataset, IReadOnlyList<SourceColumn> columns)
    {
        var definition = document.Task.Dataset(dataset);
        if (definition.Charts is not [var chart, ..] || columns.Count == 0)
        {
            return null;
        }

        // a hidden column may still be drawn
        var chosen = ChartColumns.Of(chart, [.. columns.Select(column => ColumnLayout.Of(definition.Column(column.Name), column, document.Culture))]);
        if (chosen.Missing is null)
        {
            return new ChartData(chart.Kind, dataset, chosen.X!, [.. chosen.Y], document) { Title = chart.Title };
        }

        if (!document.Task.HasSeveralDatasets)
        {
            var lost = chart.Y.Prepend(chart.X).OfType<string>().FirstOrDefault(name => !columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
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
                    points.Add(series, point, Number(rows[row][y[series].Column.Index]));
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
        var key = PointKey.Of(cell, Kind == ChartKind.Line, zone);
        if (isOverTime && (key is null || cell.Kind is not (CellKind.Date or CellKind.DateTime or CellKind.DateTimeOffset)))
        {
            undated++;
            return null;
        }

        return points.Find(key, labelText.Of(cell), Rows - 1);
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
