using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Text;
using ReportScheduler.Time;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Charts;

/// <summary>What the chart of a dataset shows, gathered while its rows pass: rows that have the same
/// place along the axis are added up. The number of points is bounded.</summary>
internal sealed class ChartData
{
    // More nobody can tell apart, and Excel opens such a chart slowly.
    private const int MostBars = 60;
    private const int MostPoints = 400;

    // More, or longer ones, do not stand side by side.
    private const int MostUpright = 8;
    private const int LongestUpright = 12;

    private const double FarApart = 100;

    private readonly LaidOutColumn x;
    private readonly LaidOutColumn[] y;
    private readonly Action<string> warn;
    private readonly CellText labelText;
    private readonly ValueText? valueText;
    private readonly ReportWords words;
    private readonly TimeZoneInfo zone;
    private readonly bool[] isAverage;
    private readonly double[] values;
    private readonly ChartPoints points;
    private readonly PieSlices? slices;

    // Known when the first value along the axis is: of SQLite dates are text.
    private DatePoints? dates;
    private NamedPoints? names;
    private bool isDecided;
    private long undated;

    private ChartData(ChartKind kind, string dataset, LaidOutColumn x, LaidOutColumn[] y, ReportDocument document)
    {
        (Kind, Dataset, this.x, this.y, Culture, zone, warn,
            words) = (kind, dataset, x, y, document.Culture, document.Zone, document.Warn, document.Words);
        Theme = document.Theme;
        labelText = new CellText(x, Culture, zone);
        valueText = y.Length == 0 ? null : Exports.Charts.ValueText.Of(y[0], Culture);
        slices = kind == ChartKind.Pie ? new PieSlices(words["other"]) : null;
        isAverage = [.. y.Select(
            column => (column.Total == ColumnTotal.Average) || (column.Format?.Contains('%', StringComparison.Ordinal) ?? false))];
        values = new double[y.Length];
        points = new ChartPoints(y.Length, kind == ChartKind.Bar ? MostBars : MostPoints, isTimeline: false);
    }

    public ChartKind Kind { get; }

    public string Dataset { get; }

    /// <summary>The heading: that of the definition, or what is drawn by what, in words.</summary>
    public string Title => GivenTitle ?? Heading();

    public CultureInfo Culture { get; }

    /// <summary>Whether its bars lie: long names and many names stand one below the
    /// other, and so do the slices of a pie that has too many.</summary>
    public bool IsHorizontal => Kind == ChartKind.Pie ? Labels.Count > PieSlices.MostAsPie
        : Kind == ChartKind.Bar && names is not null && (Labels.Count > MostUpright || Labels.Any(label => label.Length > LongestUpright));

    /// <summary>The text of each point along the axis, or of each slice.</summary>
    public IReadOnlyList<string> Labels => slices?.Labels ?? names?.Labels ?? (dates is null ? points.Labels : DateLabels());

    /// <summary>Name and values of each series; a value that is missing or no number is NaN.</summary>
    public IEnumerable<(string Name, IReadOnlyList<double> Values)> Series =>
        y.Select((column, index) => (column.Title, slices?.Values ?? names?.Values(index) ?? dates?.Values(index) ?? points.Values(index)));

    /// <summary>Where each point stands: side by side at 0, 1, 2 in the order of the rows, or as far
    /// apart as their dates, between 0 and the number of points less one.</summary>
    public IReadOnlyList<double> Places => IsTimeline && Times is [var first, .., var last] times
        ? [.. times.Select(time => (time - first) / (last - first) * (times.Count - 1))]
        : [.. Enumerable.Range(0, Labels.Count).Select(place => (double)place)];

    /// <summary>Whether the points stand in the distance of their dates: a line. Bars
    /// over dates stand side by side in their order.</summary>
    public bool IsTimeline => Kind == ChartKind.Line && Times is { Count: > 0 };

    /// <summary>The texts below a time axis with their places among the points; empty where each point has its label.</summary>
    public IReadOnlyList<(double Place, string Text)> Ticks
    {
        get
        {
            if (Times is not [var first, .., var last] times || Unit >= DateUnit.Quarter)
            {
                return [];
            }

            var ticks = AxisTicks.Of(first, last, Culture);
            return [.. ticks.Select(tick => (IsTimeline
                ? (tick.At - first) / (last - first) * (times.Count - 1)
                : times.TakeWhile(time => time < tick.At).Count(), tick.Text))];
        }
    }

    /// <summary>The header of the column along the axis.</summary>
    public string LabelHeader => x.Title;

    /// <summary>How many rows the dataset had.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether a point stands for several rows.</summary>
    public bool IsSummed => slices?.IsSummed ?? names?.IsSummed ?? dates?.IsSummed ?? points.IsSummed;

    /// <summary>Whether it shows something else than row for row.</summary>
    public bool IsCondensed =>
        IsSummed || slices is { HasOthers: true } || names is { HasOthers: true } || dates is { Unit: > DateUnit.Instant };

    /// <summary>The instants of the points over time; null for other charts.</summary>
    public IReadOnlyList<DateTime>? Times => dates?.Times;

    /// <summary>The rows that a chart of cells would have to draw to show the same; null when it
    /// cannot, because they do not stand together or are added up.</summary>
    public (long First, long Count)? Drawn =>
        IsCondensed ? null
        // a row without a slice would draw one in a workbook, and give those behind it other colours
        : slices is not null ? (Rows <= MostBars && Rows == Labels.Count ? (0, Rows) : null)
        : names is not null || dates is not null ? (0, Rows)
        : points.Beyond == 0 ? (0, Rows)
        : points.FirstRow is { } first ? (first, points.Labels.Count) : null;

    /// <summary>What says which rows are not in it; null when all are.</summary>
    public string? Missing
    {
        get
        {
            var (beyond, areOlder) = dates is null ? (names is null ? points.Beyond : 0, points.AreOlder) : (dates.Beyond, true);
            return beyond == 0 ? null
                : !IsSummed ? words.With(areOlder ? "newestOf" : "firstOf", Number(Labels.Count), Number(Rows))
                : areOlder ? words.With("olderThan", Number(beyond), Number(Rows), LabelHeader, Labels[0])
                : words.With("afterFirst", Number(beyond), Number(Rows), LabelHeader, Number(Labels.Count));
        }
    }

    /// <summary>A value as its column shows it; null where that has no format of its own.</summary>
    public string? ValueText(double value) => valueText?.Of(value);

    /// <summary>What people should know who look at the chart; null for nothing.</summary>
    public string? Note
    {
        get
        {
            string?[] notes =
            [
                IsSummed && dates is null ? words.With("addedUp", LabelHeader) : null,
                Missing,
                slices is { HasNegative: true } ? words["negativeSlices"] : null,
                undated > 0 ? words["undated"] : null,
                HasDropped ? words.With("pieOfFirst", y[0].Title) : null,
            ];
            return notes.Any(note => note is not null) ? string.Join(' ', notes.OfType<string>()) : null;
        }
    }

    public bool HasPoints => Labels.Count > 0 && y.Length > 0;

    /// <summary>The colours and the font.</summary>
    public Theme Theme { get; }

    private string? GivenTitle { get; init; }

    /// <summary>The code of the currency that the first series is in; null for none.</summary>
    private string? Currency { get; init; }

    /// <summary>A pie draws one column, and more were asked for.</summary>
    private bool HasDropped { get; init; }

    private DateUnit Unit => dates is null ? DateUnit.Instant : dates.Unit > DateUnit.Instant ? dates.Unit : DateUnits.Of([.. dates.Times]);

    /// <summary>The chart a task wants of a dataset; null for none, or when the dataset lacks its columns.</summary>
    public static ChartData? Of(ReportDocument document, string dataset, IReadOnlyList<SourceColumn> columns)
    {
        var definition = document.Task.Dataset(dataset);
        if (definition.Charts is not [var chart, ..] || columns.Count == 0)
        {
            return null;
        }

        // a hidden column may still be drawn
        var chosen = ChartColumns.Of(chart,
            [.. columns.Select(column => ColumnLayout.Of(definition.Column(column.Name), column, document.Culture))]);
        if (chosen.Missing is null)
        {
            return new ChartData(chart.Kind, dataset, chosen.X!, [.. chosen.Y], document)
            {
                GivenTitle = string.IsNullOrWhiteSpace(chart.Title) ? null : chart.Title,
                HasDropped = chart.Kind == ChartKind.Pie && chart.Y.Length > 1,
                Currency = chosen.Y.Count == 1 ? NamedFormat.CurrencyOf(definition.Column(chosen.Y[0].Column.Name)?.Format) : null,
            };
        }

        if (!document.Task.HasSeveralDatasets)
        {
            var lost = chart.Y.Prepend(chart.X).OfType<string>()
                .FirstOrDefault(name => !columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
            document.Warn("The report has no chart: it lacks "
                + $"{chosen.Missing}.{(lost is null ? "" : NearMiss.Hint(lost, columns.Select(column => column.Name)))}");
        }

        return null;
    }

    public void Add(RowBatch rows)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            Rows++;
            ref readonly var cell = ref rows[row][x.Column.Index];
            for (var series = 0; series < y.Length; series++)
            {
                values[series] = Number(rows[row][y[series].Column.Index]);
            }

            Add(cell);
        }
    }

    /// <summary>After the last row: says so when a chart shows less than people expect.</summary>
    public void End()
    {
        if (Rows > 0 && !HasPoints && slices is not null)
        {
            warn($"'{Dataset}' has no pie chart: no value of '{y[0].Column.Name}' is above zero. -Chart Bar shows zero and less.");
        }

        var sizes = Series
            .Select(series => (series.Name, Size: series.Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max()))
            .Where(series => series.Size > 0).ToList();
        if (slices is null && sizes.Count > 1 && sizes.MinBy(series => series.Size) is var least
            && sizes.MaxBy(series => series.Size) is var greatest && greatest.Size >= FarApart * least.Size)
        {
            warn($"In the chart of '{Dataset}' '{least.Name}' can hardly be seen beside '{greatest.Name}', which is more than a hundred "
                + "times as large. Draw them in charts of their own.");
        }
    }

    private void Add(in Cell cell)
    {
        if (slices is not null)
        {
            slices.Add(labelText.Of(cell), values[0]);
            return;
        }

        Decide(cell);
        if (dates is not null)
        {
            if (Time(cell) is { } time)
            {
                dates.Add(time, values);
            }
            else
            {
                undated++;
            }
        }
        else if (names is not null)
        {
            names.Add(labelText.Of(cell), values);
        }
        else if (points.Find(PointKey.Of(cell, isLine: true, zone), labelText.Of(cell), Rows - 1) is { } point)
        {
            for (var series = 0; series < y.Length; series++)
            {
                points.Add(series, point, values[series]);
            }
        }
    }

    private void Decide(in Cell cell)
    {
        if (isDecided
            || cell.Kind == CellKind.Null && x.Column.Kind is not (ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset))
        {
            return;
        }

        isDecided = true;
        if (Rows == 1 + undated
            && (x.Column.Kind is ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset || Time(cell) is not null))
        {
            dates = new DatePoints(isAverage, Kind == ChartKind.Bar ? MostBars : MostPoints);
        }
        else if (Kind == ChartKind.Bar && cell.Kind is CellKind.Text or CellKind.Guid or CellKind.Boolean or CellKind.Json)
        {
            names = new NamedPoints(isAverage, words["other"]);
        }
    }

    private DateTime? Time(in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Date or CellKind.DateTime:
                return cell.DateTime;
            case CellKind.DateTimeOffset:
                return Zones.Clock(cell.DateTimeOffset, zone);
            case CellKind.Text:
                var value = cell;
                TextValue.Ask(ref value, ColumnKind.DateTime);
                return value.Kind == CellKind.Text ? null : value.DateTime;
            default:
                return null;
        }
    }

    private List<string> DateLabels()
    {
        var unit = Unit;
        return [.. dates!.Times.Select(time => DateUnits.Name(unit, time, Culture))];
    }

    // "Revenue per month, EUR"
    private string Heading()
    {
        var what = y.Length == 2 ? words.With("listAnd", y[0].Title, y[1].Title) : string.Join(", ", y.Select(column => column.Title));
        var unit = dates is null ? null : DateUnits.Phrase(Unit);
        return (unit is null ? words.With("heading", what, LabelHeader) : words.With(unit, what))
            + (Currency is null ? "" : $", {Currency}");
    }

    private string Number(long value) => value.ToString("N0", Culture);

    private static double Number(in Cell cell) => cell.Kind switch
    {
        CellKind.Integer => cell.Int64,
        CellKind.Decimal => (double)cell.Decimal,
        CellKind.Double when double.IsFinite(cell.Double) => cell.Double,
        CellKind.Time => cell.Time.TotalHours,
        _ => double.NaN,
    };
}
