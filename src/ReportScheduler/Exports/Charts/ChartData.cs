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

    // More do not stand one below the other.
    private const int MostLying = 16;

    // More, or longer ones, do not stand side by side.
    private const int MostUpright = 8;
    private const int LongestUpright = 12;

    private const double FarApart = 100;

    private readonly ReportChart chart;
    private readonly LaidOutColumn x;
    private readonly LaidOutColumn[] y;
    private readonly Action<string> warn;
    private readonly CellText labelText;
    private readonly ValueText?[] valueTexts;
    private readonly ReportWords words;
    private readonly TimeZoneInfo zone;
    private readonly bool[] isAverage;
    private readonly double[] values;
    private readonly ChartPoints points;
    private readonly PieSlices? slices;
    private readonly LaidOutColumn? seriesBy;
    private readonly CellText? seriesText;
    private readonly SeriesSplit? split;

    // Known when the first value along the axis is: of SQLite dates are text.
    private DatePoints? dates;
    private NamedPoints? names;
    private bool isDecided;
    private bool hasNumbers;
    private long undated;

    // The rows before that one: they have no value there.
    private NamedPoints? nameless;
    private long namelessRows;

    private ChartData(ReportChart chart, string dataset, ChartColumns columns, ReportDocument document)
    {
        (this.chart, Dataset, x, y, Culture) = (chart, dataset, columns.X!, [.. columns.Y], document.Culture);
        (zone, warn, words) = (document.Zone, document.Warn, document.Words);
        Theme = document.Theme;
        labelText = new CellText(x, Culture, zone);
        valueTexts = [.. y.Select(column => Exports.Charts.ValueText.Of(column, Culture))];
        slices = Kind == ChartKind.Pie ? new PieSlices(words["other"]) : null;
        isAverage = [.. y.Select(
            column => (column.Total == ColumnTotal.Average) || (column.Format?.Contains('%', StringComparison.Ordinal) ?? false))];
        values = new double[y.Length];
        points = new ChartPoints(y.Length, Kind == ChartKind.HorizontalBar ? MostLying : IsBars ? MostBars : MostPoints, isTimeline: false);
        if (columns.SeriesBy is { } by)
        {
            (seriesBy, seriesText, split) = (by, new CellText(by, Culture, zone), new SeriesSplit());
        }
    }

    public ChartKind Kind => chart.Kind;

    public string Dataset { get; }

    /// <summary>The heading: that of the definition, or what is drawn by what, in words.</summary>
    public string Title => GivenTitle ?? Heading();

    public CultureInfo Culture { get; }

    /// <summary>Whether its bars lie: long names and many names stand one below the
    /// other, and so do the slices of a pie that has too many.</summary>
    public bool IsHorizontal => IsLying(Labels);

    /// <summary>Whether the series are parts of a sum and stand one upon the other.</summary>
    public bool IsStacked => Kind == ChartKind.StackedBar || (Kind == ChartKind.Area && Series is var all
        && all.Count(series => !series.IsSecond) > 1 && !all.Any(series => !series.IsSecond && series.Values.Any(value => value < 0)));

    /// <summary>Whether each value of a column is a series.</summary>
    public bool IsSplit => split is not null;

    /// <summary>The columns that are drawn, in the order of the series; of a split the one.</summary>
    public IReadOnlyList<LaidOutColumn> Columns => y;

    /// <summary>The column along the axis.</summary>
    public LaidOutColumn Axis => x;

    /// <summary>Where a line stands that the values are held against; null for none.</summary>
    public double? Target => chart.Target;

    /// <summary>Whether the values are written beside what is drawn.</summary>
    public bool HasValueLabels => chart.ValueLabels;

    /// <summary>The text of each point along the axis, or of each slice.</summary>
    public IReadOnlyList<string> Labels => slices?.Labels ?? names?.Labels ?? (dates is null ? points.Labels : DateLabels());

    /// <summary>The series, in order.</summary>
    public IReadOnlyList<ChartSeries> Series => split is null
        ? [.. y.Select((column, index) => new ChartSeries(column.Title, Values([index]))
        {
            Column = index,
            IsSecond = chart.SecondAxis.Contains(column.Column.Name, StringComparer.OrdinalIgnoreCase),
            TextOf = TextOf(index),
        })]
        : [.. split.Shown(words["other"]).Select(each => new ChartSeries(each.Name, Values(each.Places)) { TextOf = TextOf(0) })];

    /// <summary>The chart as it is at the end, to be drawn.</summary>
    public DrawnChart Drawing()
    {
        var labels = Labels;
        var isLying = IsLying(labels);
        return new DrawnChart
        {
            Kind = Kind,
            IsHorizontal = isLying,
            IsStacked = IsStacked,
            IsTimeline = IsTimeline,
            IsOverTime = Times is { Count: > 0 },
            Theme = Theme,
            Title = Title,
            Note = Note,
            Culture = Culture,
            Labels = labels,
            Series = Series,
            Places = Places,
            Ticks = Ticks,
            Target = Target,
            TargetName = Target is { } target ? words.With("target",
                AxisText.Of([target], TextOf(0)(1), Culture)?[0] ?? TextOf(0)(target) ?? target.ToString("#,##0.##", Culture)) : "",
            SecondName = words["rightAxis"],
            HasValueLabels = HasValueLabels,
        };
    }

    /// <summary>Where each point stands: side by side at 0, 1, 2 in the order of the rows, or as far
    /// apart as their dates, between 0 and the number of points less one.</summary>
    public IReadOnlyList<double> Places => IsTimeline && Times is [var first, .., var last] times
        ? [.. times.Select(time => (time - first) / (last - first) * (times.Count - 1))]
        : [.. Enumerable.Range(0, Labels.Count).Select(place => (double)place)];

    /// <summary>Whether the points stand in the distance of their dates: a line. Bars
    /// over dates stand side by side in their order.</summary>
    public bool IsTimeline => Kind is ChartKind.Line or ChartKind.Area && Times is { Count: > 0 };

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

    /// <summary>How many rows the dataset had.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether a point stands for several rows.</summary>
    public bool IsSummed => slices?.IsSummed ?? names?.IsSummed ?? dates?.IsSummed ?? points.IsSummed;

    /// <summary>Whether it shows something else than row for row.</summary>
    public bool IsCondensed =>
        IsSummed || IsSplit || slices is { HasOthers: true } || names is { HasOthers: true } || dates is { Unit: > DateUnit.Instant };

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
                : areOlder ? words.With("olderThan", Number(beyond), Number(Rows), Along, Labels[0])
                : words.With("afterFirst", Number(beyond), Number(Rows), Along, Number(Labels.Count));
        }
    }

    /// <summary>What people should know who look at the chart; null for nothing.</summary>
    public string? Note
    {
        get
        {
            string?[] notes =
            [
                IsSummed && dates is null && !IsSplit ? words.With("addedUp", Along) : null,
                Missing,
                Covered,
                slices is { HasNegative: true } ? words["negativeSlices"] : null,
                undated > 0 ? words["undated"] : null,
                HasDropped ? words.With("pieOfFirst", y[0].Title) : null,
            ];
            return notes.Any(note => note is not null) ? string.Join(' ', notes.OfType<string>()) : null;
        }
    }

    // A week that is not over is lower than the others, and nothing has happened.
    private string? Covered => dates?.Partial is { } days && isAverage.Contains(false)
        ? $"{words.With("range", DateUnits.Name(DateUnit.Day, days.First, Culture), DateUnits.Name(DateUnit.Day, days.Last, Culture))}."
        : null;

    /// <summary>Whether there is anything to draw: a frame without a number says nothing.</summary>
    public bool HasPoints => hasNumbers && Labels.Count > 0;

    /// <summary>The colours and the font.</summary>
    public Theme Theme { get; }

    private bool IsBars => Kind is ChartKind.Bar or ChartKind.HorizontalBar or ChartKind.StackedBar;

    private string? GivenTitle => string.IsNullOrWhiteSpace(chart.Title) ? null : chart.Title;

    /// <summary>The code of the currency that the first series is in; null for none.</summary>
    private string? Currency { get; init; }

    /// <summary>A pie draws one column, and more were asked for.</summary>
    private bool HasDropped => Kind == ChartKind.Pie && chart.Y.Length > 1;

    private DateUnit Unit => dates is null ? DateUnit.Instant : dates.Unit > DateUnit.Instant ? dates.Unit : DateUnits.Of([.. dates.Times]);

    /// <summary>The charts a task wants of a dataset, without those whose columns it lacks.</summary>
    public static IReadOnlyList<ChartData> Of(ReportDocument document, string dataset, IReadOnlyList<SourceColumn> columns)
    {
        var definition = document.Task.Dataset(dataset);
        return columns.Count == 0 ? [] : [.. definition.Charts.Select(chart => Of(chart, document, dataset, columns)).OfType<ChartData>()];
    }

    private static ChartData? Of(ReportChart chart, ReportDocument document, string dataset, IReadOnlyList<SourceColumn> columns)
    {
        // a hidden column may still be drawn
        var definition = document.Task.Dataset(dataset);
        var chosen = ChartColumns.Of(chart,
            [.. columns.Select(column => ColumnLayout.Of(definition.Column(column.Name), column, document.Culture))]);
        if (chosen.Missing is null)
        {
            return new ChartData(chart, dataset, chosen, document)
            {
                Currency = chosen.Y.Count == 1 ? NamedFormat.CurrencyOf(definition.Column(chosen.Y[0].Column.Name)?.Format) : null,
            };
        }

        if (!document.Task.HasSeveralDatasets)
        {
            var lost = chart.Y.Prepend(chart.X).Concat(chart.SecondAxis).Append(chart.SeriesBy).OfType<string>()
                .FirstOrDefault(name => !columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
            document.Warn($"The report has no chart{(definition.Charts.Length > 1 ? $" '{chart}'" : "")}: it lacks "
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
                hasNumbers |= !double.IsNaN(values[series]);
            }

            var first = split is null ? 0 : split.Place(Name(rows[row][seriesBy!.Column.Index], seriesBy, seriesText!), values[0]);
            Add(cell, first);
        }
    }

    /// <summary>After the last row: says so when a chart shows less than people expect.</summary>
    public void End()
    {
        if (Rows > 0 && !HasPoints && slices is not null)
        {
            warn($"'{Dataset}' has no pie chart: no value of '{y[0].Column.Name}' is above zero. -Chart Bar shows zero and less.");
        }

        if (Rows > 0 && slices is null)
        {
            foreach (var column in y.Where((_, index) => !IsSplit && Values([index]).All(double.IsNaN)))
            {
                warn($"The chart of '{Dataset}' cannot draw '{column.Column.Name}', which holds no numbers. "
                    + "Name a column of numbers in -Y of New-ReportChart.");
            }
        }

        WarnOfPeriod();
        var sizes = slices is not null ? [] : Series.Where(series => !series.IsSecond && series.Size > 0).ToList();
        if (sizes.Count > 1 && !IsStacked && sizes.MinBy(series => series.Size)! is var least
            && sizes.MaxBy(series => series.Size)! is var greatest && greatest.Size >= FarApart * least.Size)
        {
            warn($"In the chart of '{Dataset}' '{least.Name}' can hardly be seen beside '{greatest.Name}', which is more than a hundred "
                + $"times as large. Draw it with -SecondAxis of New-ReportChart, or in a chart of its own.");
        }
    }

    private void WarnOfPeriod()
    {
        if (chart.By is not { } period || Rows == 0)
        {
            return;
        }

        if (dates is null)
        {
            warn($"The chart of '{Dataset}' is not drawn by {period}: its axis '{x.Column.Name}' holds no dates.");
        }
        else if (dates.Unit > Asked)
        {
            warn($"The chart of '{Dataset}' would have more than {(IsBars ? MostBars : MostPoints)} points by {period}, so it is drawn by "
                + $"{dates.Unit}.");
        }
    }

    private DateUnit Asked => chart.By is { } period ? DateUnit.Hour + (int)period : DateUnit.Instant;

    private void Add(in Cell cell, int first)
    {
        if (slices is not null)
        {
            slices.Add(Name(cell, x, labelText), values[0]);
            return;
        }

        Decide(cell);
        if (!isDecided)
        {
            nameless ??= NewNames();
            nameless.Add(Name(cell, x, labelText), values, first);
            namelessRows++;
        }

        if (dates is not null)
        {
            if (Time(cell) is { } time)
            {
                dates.Add(time, values, first);
            }
            else
            {
                undated++;
            }
        }
        else if (names is not null)
        {
            names.Add(Name(cell, x, labelText), values, first);
        }
        else if (points.Find(PointKey.Of(cell, isLine: true, zone), Name(cell, x, labelText), Rows - 1) is { } point)
        {
            for (var series = 0; series < y.Length; series++)
            {
                points.Add(first + series, point, values[series]);
            }
        }
    }

    // what has no name still has a bar
    private static string Name(in Cell cell, LaidOutColumn column, CellText texts) =>
        cell.Kind == CellKind.Null && column.NullText is { Length: > 0 } nothing ? nothing
        : texts.Of(cell) is var text && string.IsNullOrWhiteSpace(text) ? "–" : text;

    private IReadOnlyList<double> Values(int[] of) =>
        slices?.Values ?? names?.Values(of) ?? dates?.Values(of) ?? points.Values(of);

    private Func<double, string?> TextOf(int column) => valueTexts[column] is { } text ? text.Of : _ => null;

    private bool IsLying(IReadOnlyList<string> labels) => Kind switch
    {
        ChartKind.Pie => labels.Count > PieSlices.MostAsPie,
        ChartKind.HorizontalBar => true,
        ChartKind.Bar or ChartKind.StackedBar => names is not null && chart.SecondAxis.Length == 0
            && (labels.Count > MostUpright || labels.Any(label => label.Length > LongestUpright)),
        _ => false,
    };

    private void Decide(in Cell cell)
    {
        if (isDecided
            || cell.Kind == CellKind.Null && x.Column.Kind is not (ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset))
        {
            return;
        }

        isDecided = true;
        if (Rows == 1 + undated + namelessRows
            && (x.Column.Kind is ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset || Time(cell) is not null))
        {
            dates = new DatePoints(isAverage, IsSplit, Kind == ChartKind.HorizontalBar ? MostLying : IsBars ? MostBars : MostPoints,
                Asked, isEven: IsBars || (Kind == ChartKind.Area && IsSplit));
            undated += namelessRows;
        }
        else if (IsBars && cell.Kind is CellKind.Text or CellKind.Guid or CellKind.Boolean or CellKind.Json)
        {
            names = nameless ?? NewNames();
        }
    }

    private NamedPoints NewNames() => new(isAverage, IsSplit, words["other"]);

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

    // what stands along the axis, in a sentence
    private string Along => x.TitleWithin(words);

    // "Revenue per month, EUR"
    private string Heading()
    {
        string[] names = [.. y.Select((column, place) => place == 0 ? column.Title : column.TitleWithin(words))];
        var what = names.Length == 2 ? words.With("listAnd", names[0], names[1]) : words.List(names);
        var unit = dates is null ? null : DateUnits.Phrase(Unit);
        var by = seriesBy?.TitleWithin(words) is not { } series ? Along : unit is null ? words.With("listAnd", Along, series) : series;
        what = unit is null || IsSplit ? words.With("heading", what, by) : what;
        what = unit is null ? what : words.With(unit, what);
        return Currency is null ? what : words.With("inCurrency", what, Currency);
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
