using System.Globalization;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Excel;

/// <summary>The parts of a workbook that name the others.</summary>
internal static class WorkbookParts
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    public static void Add(PackageWriter package, ReportDocument document, IReadOnlyList<ExcelSheet> sheets, WorkbookDrawings drawings,
        bool hasSharedTexts, int pivots)
    {
        package.Add("[Content_Types].xml", ContentTypes(sheets, drawings, hasSharedTexts, pivots));
        package.Add("_rels/.rels", $"""
            {Declaration}
            <Relationships xmlns="{PackageRelations}">
              <Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/>
              <Relationship Id="rId2" Type="{PackageRelations}/metadata/core-properties" Target="docProps/core.xml"/>
              <Relationship Id="rId3" Type="{Relations}/extended-properties" Target="docProps/app.xml"/>
            </Relationships>
            """);
        package.Add("docProps/core.xml", Core(document));
        package.Add("docProps/app.xml", $"""
            {Declaration}
            <Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
              <Application>ReportScheduler</Application>
            </Properties>
            """);
        package.Add("xl/workbook.xml", Workbook(sheets, pivots));
        package.Add("xl/_rels/workbook.xml.rels", WorkbookRelations(sheets, hasSharedTexts, pivots));
    }

    public static string SheetRelations(int sheet, bool hasTable, bool hasDrawing, bool hasNotes,
        IEnumerable<(string Id, string Address)> links) =>
        $"{Declaration}<Relationships xmlns=\"{PackageRelations}\">"
        + (hasTable ? $"<Relationship Id=\"rId1\" Type=\"{Relations}/table\" Target=\"../tables/table{sheet}.xml\"/>" : "")
        + (hasDrawing ? $"<Relationship Id=\"rId2\" Type=\"{Relations}/drawing\" Target=\"../drawings/drawing{sheet}.xml\"/>" : "")
        + (hasNotes ? $"<Relationship Id=\"rId3\" Type=\"{Relations}/comments\" Target=\"../comments{sheet}.xml\"/>"
            + $"<Relationship Id=\"rId4\" Type=\"{Relations}/vmlDrawing\" Target=\"../drawings/vmlDrawing{sheet}.vml\"/>" : "")
        + string.Concat(links.Select(link => $"<Relationship Id=\"{link.Id}\" Type=\"{Relations}/hyperlink\" "
            + $"Target=\"{ExcelText.Escape(link.Address)}\" TargetMode=\"External\"/>"))
        + "</Relationships>";

    /// <summary>The relations of a sheet to its pivot table.</summary>
    public static string SheetRelations(int pivot) => One($"{Relations}/pivotTable", $"../pivotTables/pivotTable{pivot}.xml");

    /// <summary>The relations of a pivot table to what it knows of its rows.</summary>
    public static string PivotRelations(int pivot) =>
        One($"{Relations}/pivotCacheDefinition", $"../pivotCache/pivotCacheDefinition{pivot}.xml");

    private static string One(string type, string target) => $"{Declaration}<Relationships xmlns=\"{PackageRelations}\">"
        + $"<Relationship Id=\"rId1\" Type=\"{type}\" Target=\"{target}\"/></Relationships>";

    private static string ContentTypes(IReadOnlyList<ExcelSheet> sheets, WorkbookDrawings drawings, bool hasSharedTexts, int pivots)
    {
        var xml = new XmlBuffer().AddXml($"""
            {Declaration}
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
              <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
              <Default Extension="xml" ContentType="application/xml"/>
              <Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>
            """);
        foreach (var extension in drawings.Extensions)
        {
            xml.AddXml($"<Default Extension=\"{extension}\" ContentType=\"image/{extension}\"/>");
        }

        void Part(string name, string type) => xml.AddXml($"<Override PartName=\"/{name}\" ContentType=\"{type}\"/>");
        Part("xl/workbook.xml", ContentType + "sheet.main+xml");
        Part("xl/styles.xml", ContentType + "styles+xml");
        Part("xl/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml");
        Part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        Part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
        if (hasSharedTexts)
        {
            Part("xl/sharedStrings.xml", ContentType + "sharedStrings+xml");
        }

        foreach (var sheet in sheets)
        {
            Part($"xl/worksheets/sheet{sheet.Number}.xml", ContentType + "worksheet+xml");
            if (sheet.Table is not null)
            {
                Part($"xl/tables/table{sheet.Number}.xml", ContentType + "table+xml");
            }

            if (sheet.NoteBlocks > 0)
            {
                Part($"xl/comments{sheet.Number}.xml", ContentType + "comments+xml");
            }
        }

        for (var pivot = 1; pivot <= pivots; pivot++)
        {
            Part($"xl/pivotTables/pivotTable{pivot}.xml", ContentType + "pivotTable+xml");
            Part($"xl/pivotCache/pivotCacheDefinition{pivot}.xml", ContentType + "pivotCacheDefinition+xml");
        }

        foreach (var number in drawings.Sheets)
        {
            Part($"xl/drawings/drawing{number}.xml", "application/vnd.openxmlformats-officedocument.drawing+xml");
        }

        for (var number = 1; number <= drawings.Charts; number++)
        {
            Part($"xl/charts/chart{number}.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml");
        }

        return xml.AddXml("</Types>").ToString();
    }

    private static string Core(ReportDocument document)
    {
        var xml = new XmlBuffer().AddXml($"""
            {Declaration}
            <cp:coreProperties
                xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
                xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:dcterms="http://purl.org/dc/terms/"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            """);
        xml.AddXml("<dc:title>").AddText(ExcelText.WithLineFeeds(document.Task.Name)).AddXml("</dc:title><dc:subject>")
            .AddText(string.Join(", ", document.Task.AllDatasets().Select(dataset => dataset.Name)));
        xml.AddXml("</dc:subject><dc:creator>").AddText(document.Task.Owner ?? "ReportScheduler").AddXml("</dc:creator>");
        if (document.Task.Description is { } description)
        {
            xml.AddXml("<dc:description>").AddText(ExcelText.WithLineFeeds(description)).AddXml("</dc:description>");
        }

        var created = document.DataAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return xml.AddXml($"""
            <dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created>
            </cp:coreProperties>
            """).ToString();
    }

    private static string Workbook(IReadOnlyList<ExcelSheet> sheets, int pivots)
    {
        var xml = new XmlBuffer().AddXml($"""
            {Declaration}
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{Relations}">
              <bookViews><workbookView/></bookViews>
              <sheets>
            """);
        foreach (var sheet in sheets)
        {
            xml.AddXml("<sheet name=\"").AddText(sheet.Name).AddXml($"\" sheetId=\"{sheet.Number}\" r:id=\"rId{sheet.Number}\"/>");
        }

        xml.AddXml("</sheets><definedNames>");
        for (var index = 0; index < sheets.Count; index++)
        {
            xml.AddXml($"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{index}\">").AddText(PrintTitles(sheets[index]))
                .AddXml("</definedName>");
        }

        xml.AddXml("</definedNames>");
        if (pivots > 0)
        {
            xml.AddXml("<pivotCaches>").AddXml(string.Concat(Enumerable.Range(1, pivots).Select(pivot =>
                $"<pivotCache cacheId=\"{pivot}\" r:id=\"pivot{pivot}\"/>"))).AddXml("</pivotCaches>");
        }

        return xml.AddXml("</workbook>").ToString();
    }

    private static string PrintTitles(ExcelSheet sheet)
    {
        var name = CellReference.Quoted(sheet.Name);
        var header = $"{name}!${sheet.HeaderRow}:${sheet.HeaderRow}";
        return sheet.PagesWide > 1 ? $"{name}!$A:$A,{header}" : header;
    }

    private static string WorkbookRelations(IReadOnlyList<ExcelSheet> sheets, bool hasSharedTexts, int pivots)
    {
        var xml = new XmlBuffer().AddXml($"{Declaration}<Relationships xmlns=\"{PackageRelations}\">");
        for (var number = 1; number <= sheets.Count; number++)
        {
            xml.AddXml($"<Relationship Id=\"rId{number}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>");
        }

        xml.AddXml($"""
            <Relationship Id="styles" Type="{Relations}/styles" Target="styles.xml"/>
            <Relationship Id="theme" Type="{Relations}/theme" Target="theme/theme1.xml"/>
            """);
        for (var pivot = 1; pivot <= pivots; pivot++)
        {
            xml.AddXml($"<Relationship Id=\"pivot{pivot}\" Type=\"{Relations}/pivotCacheDefinition\" ")
                .AddXml($"Target=\"pivotCache/pivotCacheDefinition{pivot}.xml\"/>");
        }

        xml.AddXml(hasSharedTexts ? $"<Relationship Id=\"texts\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/>" : "");
        return xml.AddXml("</Relationships>").ToString();
    }
}
