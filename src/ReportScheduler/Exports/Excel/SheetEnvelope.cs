using System.Globalization;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Excel;

/// <summary>What stands before and behind the rows of a worksheet: view, widths, print set-up, references to table and chart.</summary>
internal static class SheetEnvelope
{
    private const string Start = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <worksheet
            xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
        """;

    public static XmlBuffer Head(ReportDocument document, bool first, int headerRow, IReadOnlyList<double> widths, int depth)
    {
        var xml = new XmlBuffer().AddXml(Start);
        var tab = document.Theme.IsBranded ? $"<tabColor rgb=\"FF{document.Theme.Light.Accent.Digits}\"/>" : "";
        xml.AddXml($"<sheetPr>{tab}<pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        xml.AddXml("<sheetViews><sheetView showGridLines=\"0\"");
        xml.AddXml(document.Culture.TextInfo.IsRightToLeft ? " rightToLeft=\"1\"" : "").AddXml(first ? " tabSelected=\"1\"" : "");
        xml.AddXml($"""
             workbookViewId="0">
              <pane ySplit="{headerRow}" topLeftCell="A{headerRow + 1}" activePane="bottomLeft" state="frozen"/>
              <selection pane="bottomLeft" activeCell="A{headerRow + 1}" sqref="A{headerRow + 1}"/>
            </sheetView></sheetViews>
            <sheetFormatPr defaultRowHeight="15"{(depth > 0 ? $" outlineLevelRow=\"{depth}\"" : "")}/>
            """);
        if (widths.Count > 0)
        {
            xml.Add("<cols>"u8);
            for (var column = 1; column <= widths.Count; column++)
            {
                xml.AddXml($"<col min=\"{column}\" max=\"{column}\" "
                    + $"width=\"{widths[column - 1].ToString("0.##", CultureInfo.InvariantCulture)}\" customWidth=\"1\"/>");
            }

            xml.Add("</cols>"u8);
        }

        return xml;
    }

    public static XmlBuffer Tail(ReportDocument document, PaperSetup paper, (string Rules, string Extension) conditions, string links,
        string textRanges, IReadOnlyList<int> breaks, bool hasTable, bool hasDrawing, bool hasNotes = false)
    {
        var xml = new XmlBuffer().AddXml(conditions.Rules).AddXml(links);
        var hasHead = !document.Task.TitleRows;
        xml.AddXml($"<pageMargins left=\"0.5\" right=\"0.5\" top=\"{(hasHead ? "0.95" : "0.6")}\" bottom=\"0.6\" header=\"0.3\" "
            + "footer=\"0.3\"/>");
        xml.AddXml($"<pageSetup paperSize=\"{paper.Paper}\" orientation=\"{(paper.IsLandscape ? "landscape" : "portrait")}\" "
            + $"fitToWidth=\"{paper.PagesWide}\" fitToHeight=\"0\"/>");
        // In headers and footers & begins a code.
        static string Part(string text) => ExcelText.Cut(text, 80).ToString().Replace("&", "&&", StringComparison.Ordinal);
        var sheet = document.Task.HasSeveralDatasets ? "&A" : null;
        var middle = string.Join(" \u00B7 ", new[] { sheet, document.Theme.Footer is { } line ? Part(line) : null }.OfType<string>());
        var isRightToLeft = document.Culture.TextInfo.IsRightToLeft;
        xml.AddXml("<headerFooter>");
        if (hasHead)
        {
            // on paper, where no column has its name in the first row: title and period, and below when the data is of
            var period = PeriodText.Line(document.Parameters, document.Task, document.Culture);
            xml.AddXml("<oddHeader>").AddText($"&{(isRightToLeft ? "R" : "L")}&14&\"-,Bold\"{Part(document.Task.Name)}"
                + $"{(period.Length > 0 ? $"\n&9&\"-,Regular\"{Part(period)}" : "")}").AddXml("</oddHeader>");
        }

        var note = Part(hasHead ? document.DataNote : document.Task.Name);
        const string Page = "&P / &N";
        xml.AddXml("<oddFooter>").AddText($"&L{(isRightToLeft ? Page : note)}{(middle.Length > 0 ? "&C" : "")}{middle}"
            + $"&R{(isRightToLeft ? note : Page)}").AddXml("</oddFooter></headerFooter>");
        if (breaks.Count > 0)
        {
            xml.AddXml($"<rowBreaks count=\"{breaks.Count}\" manualBreakCount=\"{breaks.Count}\">");
            xml.AddXml(string.Concat(breaks.Select(row => $"<brk id=\"{row}\" max=\"16383\" man=\"1\"/>"))).AddXml("</rowBreaks>");
        }

        if (textRanges.Length > 0)
        {
            xml.AddXml($"<ignoredErrors><ignoredError sqref=\"{textRanges}\" numberStoredAsText=\"1\"/></ignoredErrors>");
        }

        xml.AddXml(hasDrawing ? "<drawing r:id=\"rId2\"/>" : "").AddXml(hasNotes ? "<legacyDrawing r:id=\"rId4\"/>" : "")
            .AddXml(hasTable ? "<tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>" : "")
            .AddXml(conditions.Extension);
        return xml.Add("</worksheet>"u8);
    }
}
