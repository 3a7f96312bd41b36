using System.Text;
using ClosedXML.Excel;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace ReportScheduler.Tests.Exports.Excel;

/// <summary>A workbook as people make them: a table on one sheet, on others formulas, a pivot, a chart and a picture of it.</summary>
internal static class RichTemplate
{
    /// <summary>A picture of one pixel.</summary>
    public static readonly byte[] Picture =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private const string Drawing = """
        <xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:oneCellAnchor><xdr:from><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="3000000" cy="2000000"/><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="chart"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor><xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="300000" cy="300000"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="Logo"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="logo"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>
        """;

    private const string Chart = """
        <c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/><c:cat><c:strRef><c:f>Data!$A$2:$A$3</c:f><c:strCache><c:ptCount val="2"/><c:pt idx="0"><c:v>old</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Data!$B$2:$B$3</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="2"/><c:pt idx="0"><c:v>1</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>
        """;

    public static void Save(string path)
    {
        using (var workbook = new XLWorkbook())
        {
            var data = workbook.AddWorksheet("Data");
            data.Cell("A1").Value = "Region";
            data.Cell("B1").Value = "Amount";
            data.Cell("A2").Value = "old";
            data.Cell("B2").Value = 1;
            data.Cell("A3").Value = "older";
            data.Cell("B3").Value = 2;
            data.Range("A1:B3").CreateTable("Sales");
            data.Range("B2:B3").AddConditionalFormat().WhenGreaterThan(5).Fill.SetBackgroundColor(XLColor.Red);
            data.Range("A2:A3").SetDataValidation().TextLength.EqualOrGreaterThan(1);
            var report = workbook.AddWorksheet("Report");
            report.Cell("A1").FormulaA1 = "SUM(Sales[Amount])";
            report.Cell("A2").FormulaA1 = "COUNTA(Sales[Region])";
            report.Cell("A3").FormulaA1 = "Data!B2*2";
            var pivot = workbook.AddWorksheet("Pivot").PivotTables
                .Add("ByRegion", workbook.Worksheet("Pivot").Cell("A3"), data.Range("A1:B3"));
            pivot.RowLabels.Add("Region");
            pivot.Values.Add("Amount").SetSummaryFormula(XLPivotSummary.Sum);
            workbook.SaveAs(path);
        }

        using var document = SpreadsheetDocument.Open(path, isEditable: true);
        var sheet = document.WorkbookPart!.Workbook.Descendants<Sheet>().Single(sheet => sheet.Name == "Report");
        var part = (WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!);
        var drawings = part.AddNewPart<DrawingsPart>("drawing");
        Feed(drawings.AddNewPart<ChartPart>("chart"), Encoding.UTF8.GetBytes(Chart));
        Feed(drawings.AddNewPart<ImagePart>("image/png", "logo"), Picture);
        Feed(drawings, Encoding.UTF8.GetBytes(Drawing));
        part.Worksheet.Append(new DocumentFormat.OpenXml.Spreadsheet.Drawing { Id = "drawing" });
    }

    private static void Feed(OpenXmlPart part, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        part.FeedData(stream);
    }
}
