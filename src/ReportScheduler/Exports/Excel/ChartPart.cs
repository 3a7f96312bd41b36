using System.Globalization;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>A native chart beside the table that can be edited. It draws the table's cells; where rows have to be added
/// up or a pie has too many of them, which a chart cannot change, it has the sums inside.</summary>
internal sealed class ChartPart
{
    private const string Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private const string Chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The chart and its distance to the table, in characters of a worksheet.</summary>
    public const double Width = 100;

    private const int MostOfName = 255;

    // more do not stand side by side
    private const int MostLabels = 8;

    private readonly ChartKind asked;
    private readonly ExcelColumn names;
    private readonly IReadOnlyList<ExcelColumn> values;
    private readonly string title;
    private readonly ChartData? data;

    private ChartPart(ChartKind kind, ExcelColumn names, IReadOnlyList<ExcelColumn> values, string title, ChartData? data)
    {
        this.data = data;
        asked = kind;
        this.names = names;
        this.values = values;
        this.title = title;
    }

    /// <summary>A pie of too many slices is drawn as bars that lie.</summary>
    private ChartKind Kind => asked == ChartKind.Pie && IsLying ? ChartKind.Bar : asked;

    private bool IsLying => data is { HasPoints: true, IsHorizontal: true };

    private static string Line { get; } = Theme.Standard.Light.Line.Digits;

    private static string Muted { get; } = Theme.Standard.Light.Muted.Digits;

    /// <summary>What is drawn where the cells of the sheet are not: sums, or points whose rows do not stand together.</summary>
    private ChartData? Sums(ExcelSheet sheet) => data is { HasPoints: true }
        && (sheet.IsGrouped || data.Drawn is not { } drawn || drawn.First + drawn.Count > sheet.Rows) ? data : null;

    /// <returns>Null when the task has no chart, or the dataset not its columns.</returns>
    public static ChartPart? Find(ReportDocument document, string dataset, IReadOnlyList<ExcelColumn> columns, ChartData? data)
    {
        var task = document.Task;
        var definition = task.Dataset(dataset);
        if (definition.Charts is not [var chart, ..] || columns.Count == 0)
        {
            return null;
        }
        WarnOfHidden(document, definition, chart);
        var chosen = ChartColumns.Of(chart, [.. columns.Select(column => column.LaidOut)]);
        ExcelColumn Column(LaidOutColumn laidOut) => columns.First(column => column.LaidOut == laidOut);
        return chosen.Missing is null ? new ChartPart(chart.Kind, Column(chosen.X!), [.. chosen.Y.Select(Column)],
            data?.Title ?? chart.Title ?? (task.HasSeveralDatasets ? dataset : task.Name), data) : null;
    }

    /// <summary>Writes the parts of the chart, when all rows of the dataset have passed.</summary>
    public void Add(PackageWriter package, int number, ExcelSheet sheet, int columns)
    {
        package.Add($"xl/charts/chart{number}.xml", ChartXml(sheet));
        package.Add($"xl/drawings/drawing{number}.xml", DrawingXml(columns, sheet.HeaderRow));
        package.Add($"xl/drawings/_rels/drawing{number}.xml.rels", $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
              <Relationship Id="rId1" Type="{Relations}/chart" Target="../charts/chart{number}.xml"/>
            </Relationships>
            """);
    }

    private static void WarnOfHidden(ReportDocument document, ReportDataset definition, ReportChart chart)
    {
        var drawn = chart.Y.Append(chart.X).OfType<string>();
        foreach (var hidden in drawn.Where(name => definition.Column(name) is { Hidden: true }))
        {
            document.Warn($"The workbook has no chart, because a chart of Excel draws cells and the column '{hidden}' is hidden. "
                + "Other formats draw it.");
        }
    }

    private string DrawingXml(int columns, int row) =>
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="{Drawing}">
          <xdr:oneCellAnchor>
            <xdr:from>
              <xdr:col>{columns + 1}</xdr:col><xdr:colOff>0</xdr:colOff>
              <xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff>
            </xdr:from>
            <xdr:ext cx="6096000" cy="3657600"/>
            <xdr:graphicFrame macro="">
              <xdr:nvGraphicFramePr>
                <xdr:cNvPr id="2" name="Chart 1" descr="{ExcelText.EscapeLines(title)}"/><xdr:cNvGraphicFramePr/>
              </xdr:nvGraphicFramePr>
              <xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>
              <a:graphic>
                <a:graphicData uri="{Chart}"><c:chart xmlns:c="{Chart}" xmlns:r="{Relations}" r:id="rId1"/></a:graphicData>
              </a:graphic>
            </xdr:graphicFrame>
            <xdr:clientData/>
          </xdr:oneCellAnchor>
        </xdr:wsDr>
        """;

    private string ChartXml(ExcelSheet sheet)
    {
        var series = string.Concat(values.Select((column, index) => Series(column, index, sheet)));
        var axes = "<c:axId val=\"1\"/><c:axId val=\"2\"/>";
        var plot = Kind switch
        {
            ChartKind.Bar => $"""
                <c:barChart>
                  <c:barDir val="{(IsLying ? "bar" : "col")}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="{(IsLying ? 40 : 60)}"/>{axes}
                </c:barChart>
                """,
            ChartKind.Line => $"""
                <c:lineChart>
                  <c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}
                </c:lineChart>
                """,
            _ => $"<c:pieChart><c:varyColors val=\"1\"/>{series}<c:firstSliceAng val=\"0\"/></c:pieChart>",
        };
        var legend = Kind == ChartKind.Pie || values.Count > 1 ? "<c:legend><c:legendPos val=\"r\"/><c:overlay val=\"0\"/></c:legend>" : "";
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
                        <a:pPr><a:defRPr sz="1200" b="1"/></a:pPr>
                        <a:r><a:rPr lang="en" sz="1200" b="1"><a:solidFill><a:srgbClr val="{Theme.Standard.Light.Ink.Digits}"/></a:solidFill></a:rPr><a:t>{ExcelText.EscapeLines(title)}</a:t></a:r>
                      </a:p>
                    </c:rich>
                  </c:tx>
                  <c:overlay val="0"/>
                </c:title>
                <c:autoTitleDeleted val="0"/>
                <c:plotArea>
                  <c:layout/>
                  {plot}
                  {(Kind == ChartKind.Pie ? "" : AxesXml())}
                </c:plotArea>
                {legend}
                <c:plotVisOnly val="1"/>
                <c:dispBlanksAs val="gap"/>
              </c:chart>
              <c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>
              <c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="{Muted}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="en"/></a:p></c:txPr>
            </c:chartSpace>
            """;
    }

    private string AxesXml()
    {
        // a bar that does not begin at zero says something untrue; Excel and others would begin the axis near the smallest value
        var least = Kind == ChartKind.Bar && !values.Any(column => column.HasNegatives) ? "<c:min val=\"0\"/>" : "";
        // the points of a date axis stand in the order and distance of their days, whatever the order of the rows; it knows no hours
        var skip = IsLying ? 1 : ((data?.Labels.Count ?? 0) + MostLabels - 1) / MostLabels;
        var (axis, axisEnd) = Kind == ChartKind.Line && names.HasWholeDays && data?.Drawn is not null
            ? ("dateAx", "<c:lblOffset val=\"100\"/><c:baseTimeUnit val=\"days\"/>")
            : ("catAx", "<c:lblAlgn val=\"ctr\"/><c:lblOffset "
                + $"val=\"100\"/>{(skip > 1 ? $"<c:tickLblSkip val=\"{skip}\"/>" : "")}<c:noMultiLvlLbl val=\"0\"/>");
        return $"""
            <c:{axis}>
              <c:axId val="1"/><c:scaling><c:orientation val="{(IsLying ? "maxMin" : "minMax")}"/></c:scaling><c:delete val="0"/><c:axPos val="{(IsLying ? "l" : "b")}"/>
              <c:numFmt formatCode="{ExcelText.Escape(names.MainFormat ?? "General")}" sourceLinked="0"/>
              <c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>
              <c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{Muted}"/></a:solidFill></a:ln></c:spPr>
              <c:txPr><a:bodyPr{(data is not null ? " rot=\"0\" vert=\"horz\"" : "")}/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="en"/></a:p></c:txPr>
              <c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/>{axisEnd}
            </c:{axis}>
            <c:valAx>
              <c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling><c:delete val="0"/><c:axPos val="{(IsLying ? "t" : "l")}"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{Line}"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>
              <c:numFmt formatCode="{ExcelText.Escape(values[0].MainFormat ?? "General")}" sourceLinked="0"/>
              <c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{(IsLying ? "high" : "nextTo")}"/>
              <c:spPr><a:ln><a:noFill/></a:ln></c:spPr>
              <c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/>
            </c:valAx>
            """;
    }

    private string Series(ExcelColumn column, int index, ExcelSheet sheet)
    {
        var sums = Sums(sheet);
        var color = Kind switch
        {
            ChartKind.Pie => Slices(),
            ChartKind.Line => $"<c:spPr><a:ln w=\"28575\">{Fill(index)}</a:ln></c:spPr>",
            _ => $"<c:spPr>{Fill(index)}</c:spPr>",
        };
        var end = Kind switch { ChartKind.Line => "<c:smooth val=\"0\"/>", _ => "" };
        var middle = Kind switch { ChartKind.Bar =>
            "<c:invertIfNegative val=\"0\"/>", ChartKind.Line => "<c:marker><c:symbol val=\"none\"/></c:marker>", _ => "" };
        var cells = sums is null
            ? $"<c:numRef><c:f>{Cells(column, sheet)}</c:f>{Cache(index, column)}</c:numRef>"
            : SumValues(sums, index, column);
        return $"""
            <c:ser>
              <c:idx val="{index}"/><c:order val="{index}"/>
              <c:tx>{Name(column, sheet)}</c:tx>
              {color}{middle}
              <c:cat>{(sums is null ? Reference(names, sheet) : SumNames(sums))}</c:cat>
              <c:val>{cells}</c:val>
              {end}
            </c:ser>
            """;
    }

    // Excel would take its theme's colours, and other formats have ours.
    private string Slices() => string.Concat((data?.Labels ?? []).Select((_, slice) => $"""
        <c:dPt>
          <c:idx val="{slice}"/><c:bubble3D val="0"/>
          <c:spPr>{Fill(slice)}<a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr>
        </c:dPt>
        """));

    private string Fill(int index) =>
        $"<a:solidFill><a:srgbClr val=\"{(data?.Theme ?? Theme.Standard).Light.SeriesOf(index).Digits}\"/></a:solidFill>";

    private string Reference(ExcelColumn column, ExcelSheet sheet) =>
        column.LaidOut.Column.Kind is ColumnKind.Text or ColumnKind.Guid or ColumnKind.Json or ColumnKind.Binary
            ? $"<c:strRef><c:f>{Cells(column, sheet)}</c:f></c:strRef>"
            : $"<c:numRef><c:f>{Cells(column, sheet)}</c:f></c:numRef>";

    // LibreOffice finds the cell of a name only where the values are cells too.
    private string Name(ExcelColumn column, ExcelSheet sheet) => Sums(sheet) is null
        ? "<c:strRef><c:f>"
            + $"{ExcelText.Escape($"{CellReference.Quoted(sheet.Name)}!{CellReference.Absolute(column.Number, sheet.HeaderRow)}")}"
            + "</c:f></c:strRef>"
        : $"<c:v>{ExcelText.EscapeLines(column.Header)}</c:v>";

    /// <summary>What the cells hold, for programs that show a chart before they have computed anything.</summary>
    private string Cache(int series, ExcelColumn column) => data is { Drawn.Count: var count } known && count == known.Labels.Count
        ? SumValues(known, series, column).Replace("numLit>", "numCache>", StringComparison.Ordinal) : "";

    private static string SumNames(ChartData data) =>
        Points("str", null, data.Labels.Select(label => ExcelText.EscapeLines(ExcelText.Cut(label, MostOfName).ToString())));

    private static string SumValues(ChartData data, int series, ExcelColumn column) => Points("num", column.MainFormat,
        data.Series.ElementAt(series).Values
            .Select(value => double.IsFinite(value) ? value.ToString("G15", CultureInfo.InvariantCulture) : null));

    private static string Points(string kind, string? format, IEnumerable<string?> values)
    {
        var points = values.ToList();
        var known = points.Select((value, index) => value is null ? "" : $"<c:pt idx=\"{index}\"><c:v>{value}</c:v></c:pt>");
        return $"<c:{kind}Lit>{(format is null ? "" : $"<c:formatCode>{ExcelText.Escape(format)}</c:formatCode>")}<c:ptCount "
            + $"val=\"{points.Count}\"/>{string.Concat(known)}</c:{kind}Lit>";
    }

    private string Cells(ExcelColumn column, ExcelSheet sheet)
    {
        var (first, count) = data?.Drawn ?? (0, sheet.Rows);
        var top = sheet.HeaderRow + 1 + (int)first;
        return ExcelText.Escape(CellReference.OnSheet(sheet.Name, column.Number, top, column.Number, top + (int)Math.Max(1, count) - 1));
    }
}
