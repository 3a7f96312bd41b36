namespace ReportScheduler.Exports.Excel;

/// <summary>The table of a worksheet: its range, columns, filter and totals.</summary>
internal static class TablePart
{
    // more columns need stripes to lead the eye
    private const int MostPlainColumns = 8;

    public static string Xml(int id, ExcelSheet sheet, IReadOnlyList<ExcelColumn> columns, string? label, int labelPlace,
        IReadOnlyList<ExcelTotal> below, Func<ExcelColumn, ExcelTotal, string> formulaOf)
    {
        var totals = label is not null;
        // A table keeps an empty row when there are none.
        var last = sheet.HeaderRow + (int)Math.Max(1, sheet.Rows);
        var xml = new XmlBuffer();
        xml.AddXml($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                id="{id}" name="{sheet.Table}" displayName="{sheet.Table}"
                ref="{CellReference.Range(1, sheet.HeaderRow, columns.Count, last + (totals ? 1 : 0))}"
                {(totals ? "totalsRowCount=\"1\"" : "totalsRowShown=\"0\"")}>
              <autoFilter ref="{CellReference.Range(1, sheet.HeaderRow, columns.Count, last)}"/>
              <tableColumns count="{columns.Count}">
            """);
        foreach (var column in columns)
        {
            xml.AddXml($"<tableColumn id=\"{column.Number}\" name=\"").AddText(column.Header);
            if (totals && below[column.Number - 1] is { Kind: not ColumnTotal.None } total)
            {
                xml.AddXml("\" totalsRowFunction=\"custom\"><totalsRowFormula>").AddText(formulaOf(column, total))
                    .AddXml("</totalsRowFormula></tableColumn>");
            }
            else
            {
                xml.AddXml(totals && column.Number - 1 == labelPlace ? $"\" totalsRowLabel=\"{ExcelText.Escape(label!)}\"/>" : "\"/>");
            }
        }

        return xml.AddXml($"""
            </tableColumns>
            <tableStyleInfo
                name="TableStyleLight1" showFirstColumn="0" showLastColumn="0"
                showRowStripes="{(columns.Count > MostPlainColumns ? 1 : 0)}" showColumnStripes="0"/>
            </table>
            """).ToString();
    }
}
