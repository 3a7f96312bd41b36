using ReportScheduler.Exports.Charts;

namespace ReportScheduler.Exports.Excel;

/// <summary>The axes of a native chart.</summary>
/// <param name="drawn">What the chart shows.</param>
/// <param name="names">The column along the axis; null when it is hidden.</param>
/// <param name="formats">The number format of each series.</param>
/// <param name="hasNegatives">A value may be below zero.</param>
internal sealed class ChartPartAxes(DrawnChart drawn, ExcelColumn? names, IReadOnlyList<string> formats, bool hasNegatives)
{
    // more do not stand side by side
    private const int MostLabels = 8;

    private bool IsLying => drawn.IsHorizontal;

    public string Xml(bool drawsCells) => Names(drawsCells) + Values() + (drawn.Second.Count > 0 ? Second() : "");

    private string Names(bool drawsCells)
    {
        // the points of a date axis stand in the order and distance of their days, whatever the order of the rows; it knows no hours
        var skip = IsLying || (!drawsCells && drawn.HasMarksOnly) ? 1 : (drawn.Labels.Count + MostLabels - 1) / MostLabels;
        // LibreOffice breaks each text to the width of its point, unless it is turned: by less than anybody sees
        var turn = !IsLying && drawn.Labels.Count > MostLabels ? 1 : 0;
        var (axis, axisEnd) = drawn.Kind is ChartKind.Line or ChartKind.Area && drawsCells && names is { HasWholeDays: true }
            ? ("dateAx", "<c:lblOffset val=\"100\"/><c:baseTimeUnit val=\"days\"/>")
            : ("catAx", "<c:lblAlgn val=\"ctr\"/><c:lblOffset "
                + $"val=\"100\"/>{(skip > 1 ? $"<c:tickLblSkip val=\"{skip}\"/>" : "")}<c:noMultiLvlLbl val=\"0\"/>");
        return $"""
            <c:{axis}>
              <c:axId val="1"/><c:scaling><c:orientation val="{(IsLying ? "maxMin" : "minMax")}"/></c:scaling><c:delete val="0"/><c:axPos val="{(IsLying ? "l" : "b")}"/>
              <c:numFmt formatCode="{ExcelText.Escape(names?.MainFormat ?? "General")}" sourceLinked="0"/>
              <c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>
              <c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{drawn.Theme.Light.Muted.Digits}"/></a:solidFill></a:ln></c:spPr>
              <c:txPr><a:bodyPr rot="{turn}" vert="horz"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="en"/></a:p></c:txPr>
              <c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/>{axisEnd}
            </c:{axis}>
            """;
    }

    private string Values()
    {
        // a bar that does not begin at zero says something untrue; Excel and others would begin the axis near the smallest value
        var least = drawn.Kind != ChartKind.Line && !hasNegatives ? "<c:min val=\"0\"/>" : "";
        return $"""
            <c:valAx>
              <c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling><c:delete val="0"/><c:axPos val="{(IsLying ? "t" : "l")}"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{drawn.Theme.Light.Line.Digits}"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>
              <c:numFmt formatCode="{ExcelText.Escape(formats.Count > 0 ? formats[0] : "General")}" sourceLinked="0"/>
              <c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{(IsLying ? "high" : "nextTo")}"/>
              <c:spPr><a:ln><a:noFill/></a:ln></c:spPr>
              <c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/>
            </c:valAx>
            """;
    }

    private string Second()
    {
        var place = drawn.Series.ToList().IndexOf(drawn.Second[0]);
        return $"""
            <c:catAx>
              <c:axId val="3"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/><c:axPos val="b"/>
              <c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>
              <c:crossAx val="4"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/>
            </c:catAx>
            <c:valAx>
              <c:axId val="4"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="r"/>
              <c:numFmt formatCode="{ExcelText.Escape(formats[place])}" sourceLinked="0"/>
              <c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>
              <c:spPr><a:ln><a:noFill/></a:ln></c:spPr>
              <c:crossAx val="3"/><c:crosses val="max"/><c:crossBetween val="between"/>
            </c:valAx>
            """;
    }
}
