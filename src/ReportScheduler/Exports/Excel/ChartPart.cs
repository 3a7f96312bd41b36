using System.Globalization;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Excel;

/// <summary>A native chart beside the table that can be edited. It draws the table's cells; where rows have to be added up or a column
/// is hidden, which a chart cannot change, it has the sums inside.</summary>
/// <param name="data">What it shows.</param>
/// <param name="names">The column along the axis; null when it is hidden.</param>
/// <param name="values">The columns that are drawn; null for those that are hidden.</param>
internal sealed class ChartPart(ChartData data, ExcelColumn? names, IReadOnlyList<ExcelColumn?> values)
{
    private const string Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private const string Chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The chart and its distance to the table, in characters of a worksheet.</summary>
    public const double Width = 100;

    /// <summary>How high it is, in points.</summary>
    public const double Height = 288;

    /// <summary>The rows from one chart to the one below it.</summary>
    public const int Rows = 20;

    /// <summary>The charts of a dataset.</summary>
    public static IReadOnlyList<ChartPart> Of(IReadOnlyList<ChartData> charts, IReadOnlyList<ExcelColumn> columns)
    {
        ExcelColumn? Column(LaidOutColumn laidOut) =>
            columns.FirstOrDefault(column => column.LaidOut.Column.Index == laidOut.Column.Index);
        return columns.Count == 0 ? []
            : [.. charts.Select(chart => new ChartPart(chart, Column(chart.Axis), [.. chart.Columns.Select(Column)]))];
    }

    /// <summary>Writes the part of the chart, when all rows of the dataset have passed.</summary>
    /// <param name="package">The workbook.</param>
    /// <param name="sheet">The worksheet with the cells.</param>
    /// <param name="drawing">Where the chart is drawn.</param>
    /// <param name="number">Its number in the workbook.</param>
    /// <param name="column">The column of its corner, from 0.</param>
    /// <param name="row">The row of its corner, from 0.</param>
    public void Add(PackageWriter package, ExcelSheet sheet, SheetDrawing drawing, int number, int column, int row)
    {
        var drawn = data.Drawing();
        var title = drawn is { IsHorizontal: true, Target: not null } ? $"{drawn.Title} ({drawn.TargetName})" : drawn.Title;
        package.Add($"xl/charts/chart{number}.xml", ChartXml(drawn, title, sheet));
        drawing.AddChart(number, title, column, row);
    }

    private string ChartXml(DrawnChart drawn, string title, ExcelSheet sheet)
    {
        var series = new ChartPartSeries(data, drawn, names, values, sheet);
        var axes = new ChartPartAxes(drawn, series.Names, [.. drawn.Series.Select(series.ShortFormat)],
            series.HasNegatives);
        var isPie = drawn is { Kind: ChartKind.Pie, IsHorizontal: false };
        var hasLegend = !isPie && (drawn.Series.Count > 1 || drawn is { Target: not null, IsHorizontal: false });
        var legend = hasLegend ? "<c:legend><c:legendPos val=\"t\"/><c:overlay val=\"0\"/></c:legend>" : "";
        return $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <c:chartSpace xmlns:c="{Chart}" xmlns:a="{Drawing}" xmlns:r="{Relations}">
              <c:roundedCorners val="0"/>
              <c:chart>
                <c:title>
                  <c:tx>
                    <c:rich>
                      <a:bodyPr/>
                      <a:p>
                        <a:pPr{(drawn.Culture.TextInfo.IsRightToLeft ? " rtl=\"1\"" : "")}><a:defRPr sz="1200" b="1"/></a:pPr>
                        <a:r><a:rPr lang="en" sz="1200" b="1"><a:solidFill><a:srgbClr val="{drawn.Theme.Light.Ink.Digits}"/></a:solidFill></a:rPr><a:t>{ExcelText.EscapeLines(InDirection(title, drawn.Culture))}</a:t></a:r>
                      </a:p>
                    </c:rich>
                  </c:tx>
                  <c:overlay val="0"/>
                </c:title>
                <c:autoTitleDeleted val="0"/>
                <c:plotArea>
                  <c:layout/>
                  {Plots(drawn, series)}
                  {(isPie ? "" : axes.Xml(series.DrawsCells))}
                </c:plotArea>
                {legend}
                <c:plotVisOnly val="1"/>
                <c:dispBlanksAs val="{(drawn.IsStacked ? "zero" : "gap")}"/>
              </c:chart>
              <c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>
              <c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="{drawn.Theme.Light.Muted.Digits}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="en"/></a:p></c:txPr>
            </c:chartSpace>
            """;
    }

    private static string Plots(DrawnChart drawn, ChartPartSeries series)
    {
        const string Axes = "<c:axId val=\"1\"/><c:axId val=\"2\"/>";
        var first = string.Concat(drawn.First.Select(series.Xml));
        var plot = drawn.Kind switch
        {
            ChartKind.Pie when !drawn.IsHorizontal =>
                $"<c:pieChart><c:varyColors val=\"1\"/>{first}<c:firstSliceAng val=\"0\"/></c:pieChart>",
            ChartKind.Line => Lines(first, Axes),
            ChartKind.Area => $"""
                <c:areaChart><c:grouping val="{(drawn.IsStacked ? "stacked" : "standard")}"/><c:varyColors val="0"/>{first}{Axes}</c:areaChart>
                """,
            _ => $"""
                <c:barChart>
                  <c:barDir val="{(drawn.IsHorizontal ? "bar" : "col")}"/><c:grouping val="{(drawn.IsStacked ? "stacked" : "clustered")}"/><c:varyColors val="0"/>{first}<c:gapWidth val="{(drawn.IsHorizontal ? 40 : 60)}"/>{(drawn.IsStacked ? "<c:overlap val=\"100\"/>" : "")}{Axes}
                </c:barChart>
                """,
        };
        return plot + (drawn is { Target: not null, IsHorizontal: false, Labels.Count: > 0 } ? Lines(series.Target(), Axes) : "")
            + (drawn.Second.Count > 0
                ? Lines(string.Concat(drawn.Second.Select(series.Xml)), "<c:axId val=\"3\"/><c:axId val=\"4\"/>") : "");
    }

    // Excel goes by the paragraph, LibreOffice by what stands round the text
    private static string InDirection(string title, CultureInfo culture) =>
        culture.TextInfo.IsRightToLeft ? $"\u202B{title}\u202C" : title;

    private static string Lines(string series, string axes) => string.Create(CultureInfo.InvariantCulture,
        $"<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>{series}<c:marker val=\"1\"/>{axes}</c:lineChart>");
}
