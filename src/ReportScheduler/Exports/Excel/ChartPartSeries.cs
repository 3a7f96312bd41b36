using System.Globalization;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The series of a native chart: cells, or sums where the cells of the sheet are not what is drawn.</summary>
internal sealed class ChartPartSeries
{
    private const int MostOfName = 255;
    private const double Tint = 0.22;

    // more values stand in each other's way
    private const int MostLabels = 16;

    private readonly ChartData data;
    private readonly DrawnChart drawn;
    private readonly IReadOnlyList<ExcelColumn?> values;
    private readonly ExcelSheet sheet;

    public ChartPartSeries(ChartData data, DrawnChart drawn, ExcelColumn? names, IReadOnlyList<ExcelColumn?> values, ExcelSheet sheet)
    {
        (this.data, this.drawn, Names, this.values, this.sheet) = (data, drawn, names, values, sheet);
        // sums, or points whose rows do not stand together
        DrawsCells = names is not null && !values.Contains(null) && !data.IsSplit && (drawn.Labels.Count == 0
            || (!sheet.IsGrouped && data.Drawn is { } rows && rows.First + rows.Count <= sheet.Rows));
    }

    /// <summary>The column along the axis; null when it is hidden.</summary>
    public ExcelColumn? Names { get; }

    public bool DrawsCells { get; }

    /// <summary>Whether a value may be below zero.</summary>
    public bool HasNegatives => drawn.Extent.Any(value => value < 0) || values.Any(column => column is { HasNegatives: true });

    public string Format(int column) => values[column]?.MainFormat ?? data.Columns[column].Format ?? "General";

    /// <summary>The format of values along an axis and beside what is drawn.</summary>
    public string ShortFormat(ChartSeries series) =>
        AxisText.NumberFormat(drawn.Greatest(series), series.TextOf(1), drawn.Culture) ?? Format(series.Column);

    public string Xml(ChartSeries series)
    {
        var index = drawn.Series.ToList().IndexOf(series);
        var isLine = series.IsSecond || drawn.Kind == ChartKind.Line;
        var isPie = drawn is { Kind: ChartKind.Pie, IsHorizontal: false };
        var isBar = !isLine && !isPie && drawn.Kind != ChartKind.Area;
        var look = isPie ? Slices()
            : isLine ? $"<c:spPr><a:ln w=\"28575\">{Fill(Color(index))}</a:ln></c:spPr>"
            : drawn.Kind == ChartKind.Area && !drawn.IsStacked
            ? $"<c:spPr>{Fill(Color(index).Over(drawn.Theme.Light.Paper, Tint))}<a:ln w=\"19050\">{Fill(Color(index))}</a:ln></c:spPr>"
            : $"<c:spPr>{Fill(Color(index))}</c:spPr>";
        var middle = isBar ? "<c:invertIfNegative val=\"0\"/>" : isLine ? "<c:marker><c:symbol val=\"none\"/></c:marker>" : "";
        var numbers = DrawsCells
            ? $"<c:numRef><c:f>{Cells(values[series.Column]!)}</c:f>{Cache(series)}</c:numRef>"
            : Numbers(series.Values, Format(series.Column));
        return $"""
            <c:ser>
              <c:idx val="{index}"/><c:order val="{index}"/>
              <c:tx>{Name(series)}</c:tx>
              {look}{middle}{Labels(series, isPie, isLine)}
              <c:cat>{(DrawsCells ? Reference(Names!) : Texts())}</c:cat>
              <c:val>{numbers}</c:val>
              {(isLine ? "<c:smooth val=\"0\"/>" : "")}
            </c:ser>
            """;
    }

    /// <summary>The line at the target.</summary>
    public string Target() => $"""
        <c:ser>
          <c:idx val="{drawn.Series.Count}"/><c:order val="{drawn.Series.Count}"/>
          <c:tx><c:v>{ExcelText.EscapeLines(drawn.TargetName)}</c:v></c:tx>
          <c:spPr><a:ln w="15875">{Fill(drawn.Theme.Light.Ink)}<a:prstDash val="dash"/></a:ln></c:spPr>
          <c:marker><c:symbol val="none"/></c:marker>
          <c:cat>{(DrawsCells ? Reference(Names!) : Texts())}</c:cat>
          <c:val>{Numbers([.. drawn.Labels.Select(_ => drawn.Target!.Value)], Format(0))}</c:val>
          <c:smooth val="0"/>
        </c:ser>
        """;

    private string Labels(ChartSeries series, bool isPie, bool isLine)
    {
        if (!drawn.HasValueLabels && !isPie)
        {
            return "";
        }

        var format = isPie ? NamedFormat.Resolve(NamedFormat.Percent, drawn.Culture)!
            : AxisText.NumberFormat(drawn.Greatest(series), series.TextOf(1), drawn.Culture, inFull: true) ?? Format(series.Column);
        var isDense = !isPie && drawn.Labels.Count * drawn.First.Count > MostLabels;
        var place = isPie ? "outEnd" : isLine ? "t" : drawn.Kind == ChartKind.Area ? null : drawn.IsStacked ? "ctr" : "outEnd";
        return $"""
            <c:dLbls>
              {(isDense ? Only(series, format, place) : "")}
              <c:numFmt formatCode="{ExcelText.Escape(format)}" sourceLinked="0"/>{(place is null || isDense ? "" : $"<c:dLblPos val=\"{place}\"/>")}
              <c:showLegendKey val="0"/><c:showVal val="{(isPie || isDense ? 0 : 1)}"/><c:showCatName val="{(isPie ? 1 : 0)}"/><c:showSerName val="0"/><c:showPercent val="{(isPie ? 1 : 0)}"/><c:showBubbleSize val="0"/>
            </c:dLbls>
            """;
    }

    // Of many points the greatest has its value, as in other formats.
    private static string Only(ChartSeries series, string format, string? place)
    {
        var greatest = Enumerable.Range(0, series.Values.Count).Where(point => double.IsFinite(series.Values[point]))
            .DefaultIfEmpty(0).MaxBy(point => series.Values[point]);
        return $"""
            <c:dLbl>
              <c:idx val="{greatest}"/><c:numFmt formatCode="{ExcelText.Escape(format)}" sourceLinked="0"/><c:spPr/>{(place is null ? "" : $"<c:dLblPos val=\"{place}\"/>")}
              <c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>
            </c:dLbl>
            """;
    }

    private Rgb Color(int index) => drawn.Theme.Light.SeriesOf(index);

    private static string Fill(Rgb color) => $"<a:solidFill><a:srgbClr val=\"{color.Digits}\"/></a:solidFill>";

    // Excel would take its theme's colours, and other formats have ours.
    private string Slices() => string.Concat(drawn.Labels.Select((_, slice) => $"""
        <c:dPt>
          <c:idx val="{slice}"/><c:bubble3D val="0"/>
          <c:spPr>{Fill(Color(slice))}<a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr>
        </c:dPt>
        """));

    private string Reference(ExcelColumn column) =>
        column.LaidOut.Column.Kind is ColumnKind.Text or ColumnKind.Guid or ColumnKind.Json or ColumnKind.Binary
            ? $"<c:strRef><c:f>{Cells(column)}</c:f></c:strRef>"
            : $"<c:numRef><c:f>{Cells(column)}</c:f></c:numRef>";

    // The header as people read it, and its cell where it says the same: programs that read a file look for the column's own name there.
    // LibreOffice finds the cell of a name only where the values are cells too.
    private string Name(ChartSeries series) => DrawsCells && !series.IsSecond
        && values[series.Column]!.Header == series.Name
        ? "<c:strRef><c:f>"
            + ExcelText.Escape($"{CellReference.Quoted(sheet.Name)}!"
                + CellReference.Absolute(values[series.Column]!.Number, sheet.HeaderRow)) + "</c:f></c:strRef>"
        : $"<c:v>{ExcelText.EscapeLines(series.IsSecond ? $"{series.Name} ({drawn.SecondName})"
            : series.Name)}</c:v>";

    /// <summary>What the cells hold, for programs that show a chart before they have computed anything.</summary>
    private string Cache(ChartSeries series) => data.Drawn is { Count: var count } && count == drawn.Labels.Count
        ? Numbers(series.Values, Format(series.Column)).Replace("numLit>", "numCache>", StringComparison.Ordinal) : "";

    private string Texts() =>
        Points("str", null, drawn.AxisLabels.Select(label => ExcelText.EscapeLines(ExcelText.Cut(label, MostOfName).ToString())));

    private static string Numbers(IReadOnlyList<double> numbers, string format) => Points("num", format,
        numbers.Select(value => double.IsFinite(value) ? value.ToString("G15", CultureInfo.InvariantCulture) : null));

    private static string Points(string kind, string? format, IEnumerable<string?> values)
    {
        var points = values.ToList();
        var known = points.Select((value, index) => value is null or "" ? "" : $"<c:pt idx=\"{index}\"><c:v>{value}</c:v></c:pt>");
        return $"<c:{kind}Lit>{(format is null ? "" : $"<c:formatCode>{ExcelText.Escape(format)}</c:formatCode>")}<c:ptCount "
            + $"val=\"{points.Count}\"/>{string.Concat(known)}</c:{kind}Lit>";
    }

    private string Cells(ExcelColumn column)
    {
        var (first, count) = data.Drawn ?? (0, sheet.Rows);
        var top = sheet.HeaderRow + 1 + (int)first;
        return ExcelText.Escape(CellReference.OnSheet(sheet.Name, column.Number, top, column.Number, top + (int)Math.Max(1, count) - 1));
    }
}
