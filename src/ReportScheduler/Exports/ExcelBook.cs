using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ReportScheduler.Exports;

/// <summary>The parts of a workbook around its worksheets.</summary>
internal sealed class ExcelBook(ReportDocument document, IReadOnlyList<ExcelSheet> sheets, ExcelStyles styles)
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public void Write(ZipArchive zip)
    {
        Part(zip, "[Content_Types].xml", Types());
        Part(zip, "_rels/.rels", Relations(
            ("officeDocument", "xl/workbook.xml"), ("extended-properties", "docProps/app.xml"))
            .Replace("</Relationships>", $"<Relationship Id=\"rIdCore\" Type=\"{Package}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>", StringComparison.Ordinal));
        Part(zip, "docProps/core.xml", Core());
        Part(zip, "docProps/app.xml", $"{Declaration}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>ReportScheduler</Application></Properties>");
        Part(zip, "xl/workbook.xml", Workbook());
        Part(zip, "xl/_rels/workbook.xml.rels", Relations(
            [.. sheets.Select(sheet => ("worksheet", $"worksheets/sheet{sheet.Number}.xml")), ("styles", "styles.xml")]));
        Part(zip, "xl/styles.xml", styles.Xml());
        foreach (var sheet in sheets)
        {
            Part(zip, $"xl/worksheets/_rels/sheet{sheet.Number}.xml.rels", Relations(("table", $"../tables/table{sheet.Number}.xml")));
            Part(zip, $"xl/tables/table{sheet.Number}.xml", Table(sheet));
        }
    }

    private static void Part(ZipArchive zip, string name, string content)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    private static string Relations(params (string Type, string Target)[] targets)
    {
        var xml = new StringBuilder($"{Declaration}<Relationships xmlns=\"{Package}/relationships\">");
        for (var i = 0; i < targets.Length; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relationship}/{targets[i].Type}\" Target=\"{targets[i].Target}\"/>");
        }

        return xml.Append("</Relationships>").ToString();
    }

    private static string Escape(string text)
    {
        var xml = new StringBuilder();
        ExcelText.Append(xml, text);
        return xml.ToString();
    }

    private static string Table(ExcelSheet sheet)
    {
        var lastColumn = ExcelNames.Column(sheet.Columns.Count - 1);
        var dataEnd = sheet.HasTotals ? sheet.LastRow - 1 : sheet.LastRow;
        var xml = new StringBuilder($"{Declaration}<table xmlns=\"{Main}\" id=\"{sheet.Number}\" name=\"{Escape(sheet.Table)}\" displayName=\"{Escape(sheet.Table)}\" ref=\"A1:{lastColumn}{sheet.LastRow}\"");
        xml.Append(sheet.HasTotals ? " totalsRowCount=\"1\"" : " totalsRowShown=\"0\"")
            .Append(CultureInfo.InvariantCulture, $"><autoFilter ref=\"A1:{lastColumn}{dataEnd}\"/><tableColumns count=\"{sheet.Columns.Count}\">");
        for (var i = 0; i < sheet.Columns.Count; i++)
        {
            var name = Escape(sheet.Headers[i]).Replace("\n", "_x000a_", StringComparison.Ordinal);
            xml.Append(CultureInfo.InvariantCulture, $"<tableColumn id=\"{i + 1}\" name=\"{name}\"{(sheet.HasTotals ? Total(sheet.Columns[i].Total, i) : "")}/>");
        }

        return xml.Append("</tableColumns><tableStyleInfo name=\"TableStyleMedium2\" showFirstColumn=\"0\" showLastColumn=\"0\" showRowStripes=\"1\" showColumnStripes=\"0\"/></table>").ToString();
    }

    private static string Total(ColumnTotal total, int column) => total switch
    {
        ColumnTotal.Sum => " totalsRowFunction=\"sum\"",
        ColumnTotal.Average => " totalsRowFunction=\"average\"",
        ColumnTotal.Count => " totalsRowFunction=\"count\"",
        _ => column == 0 ? " totalsRowLabel=\"Total\"" : "",
    };

    private string Types()
    {
        var xml = new StringBuilder($"{Declaration}<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{ContentType}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{ContentType}.styles+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/><Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>");
        foreach (var sheet in sheets)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Override PartName=\"/xl/worksheets/sheet{sheet.Number}.xml\" ContentType=\"{ContentType}.worksheet+xml\"/><Override PartName=\"/xl/tables/table{sheet.Number}.xml\" ContentType=\"{ContentType}.table+xml\"/>");
        }

        return xml.Append("</Types>").ToString();
    }

    private string Workbook()
    {
        var xml = new StringBuilder($"{Declaration}<workbook xmlns=\"{Main}\" xmlns:r=\"{Relationship}\"><bookViews><workbookView activeTab=\"0\"/></bookViews><sheets>");
        foreach (var sheet in sheets)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<sheet name=\"{Escape(sheet.Name)}\" sheetId=\"{sheet.Number}\" r:id=\"rId{sheet.Number}\"/>");
        }

        xml.Append("</sheets><definedNames>");
        foreach (var sheet in sheets)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{sheet.Number - 1}\">'{Escape(sheet.Name.Replace("'", "''", StringComparison.Ordinal))}'!$1:$1</definedName>");
        }

        return xml.Append("</definedNames><calcPr fullCalcOnLoad=\"1\"/></workbook>").ToString();
    }

    private string Core()
    {
        var created = document.DataAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"{Declaration}<cp:coreProperties xmlns:cp=\"{Package}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{Escape(document.Task.Name)}</dc:title><dc:subject>{Escape(document.Task.Description ?? "")}</dc:subject><dc:creator>ReportScheduler</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">{created}</dcterms:created></cp:coreProperties>";
    }
}
