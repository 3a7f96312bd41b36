using System.Globalization;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>What is drawn on one worksheet: charts and pictures, each at its cell.</summary>
internal sealed class SheetDrawing
{
    private const string Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private const string Chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int PixelSize = 9525;

    private readonly StringBuilder anchors = new();
    private readonly StringBuilder relations = new();
    private int count;

    /// <summary>A chart of 640 by 384 pixels.</summary>
    /// <param name="number">Its number in the workbook.</param>
    /// <param name="title">What it is, for those who do not see it.</param>
    /// <param name="column">The column of its corner, from 0.</param>
    /// <param name="row">The row of its corner, from 0.</param>
    public void AddChart(int number, string title, int column, int row)
    {
        var id = Relate("chart", $"../charts/chart{number}.xml");
        Anchor(column, row, 640 * PixelSize, 384 * PixelSize, $"""
            <xdr:graphicFrame macro="">
              <xdr:nvGraphicFramePr>
                <xdr:cNvPr id="{count + 1}" name="Chart {count}" descr="{ExcelText.EscapeLines(title)}"/><xdr:cNvGraphicFramePr/>
              </xdr:nvGraphicFramePr>
              <xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>
              <a:graphic>
                <a:graphicData uri="{Chart}"><c:chart xmlns:c="{Chart}" xmlns:r="{Relations}" r:id="{id}"/></a:graphicData>
              </a:graphic>
            </xdr:graphicFrame>
            """);
    }

    /// <summary>A picture in a cell.</summary>
    /// <param name="target">Its part, seen from the drawing.</param>
    /// <param name="title">What it is, for those who do not see it.</param>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public void AddPicture(string target, string title, int column, int row, int width, int height)
    {
        var id = Relate("image", target);
        Anchor(column, row, width * PixelSize, height * PixelSize, $"""
            <xdr:pic>
              <xdr:nvPicPr>
                <xdr:cNvPr id="{count + 1}" name="Picture {count}" descr="{ExcelText.EscapeLines(title)}"/>
                <xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr>
              </xdr:nvPicPr>
              <xdr:blipFill><a:blip xmlns:r="{Relations}" r:embed="{id}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>
              <xdr:spPr>
                <a:xfrm><a:off x="0" y="0"/><a:ext cx="{width * PixelSize}" cy="{height * PixelSize}"/></a:xfrm>
                <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
              </xdr:spPr>
            </xdr:pic>
            """, offset: 2 * PixelSize);
    }

    /// <summary>Writes the parts.</summary>
    /// <param name="package">The workbook.</param>
    /// <param name="number">The number of the worksheet.</param>
    public void Add(PackageWriter package, int number)
    {
        package.Add($"xl/drawings/drawing{number}.xml", $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="{Drawing}">
            {anchors}
            </xdr:wsDr>
            """);
        package.Add($"xl/drawings/_rels/drawing{number}.xml.rels", $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            {relations}
            </Relationships>
            """);
    }

    private string Relate(string kind, string target)
    {
        count++;
        relations.Append(CultureInfo.InvariantCulture,
            $"<Relationship Id=\"rId{count}\" Type=\"{Relations}/{kind}\" Target=\"{target}\"/>");
        return $"rId{count}";
    }

    private void Anchor(int column, int row, int width, int height, string content, int offset = 0) => anchors.Append(
        CultureInfo.InvariantCulture, $"""
        <xdr:oneCellAnchor>
          <xdr:from>
            <xdr:col>{column}</xdr:col><xdr:colOff>{offset}</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>{offset}</xdr:rowOff>
          </xdr:from>
          <xdr:ext cx="{width}" cy="{height}"/>
          {content}
          <xdr:clientData/>
        </xdr:oneCellAnchor>
        """);
}
