using System.Globalization;

namespace ReportScheduler.Exports.Excel;

/// <summary>The definition of a pivot table and of the values it knows (ISO/IEC 29500-1, 18.10). The rows themselves stay on their
/// sheet, and Excel reads them from there when it opens the workbook.</summary>
internal static class PivotPart
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    // what Excel 2007 knew is all there is here
    private const string Versions = "createdVersion=\"3\" updatedVersion=\"3\" minRefreshableVersion=\"3\"";

    /// <summary>What the pivot table knows of its rows.</summary>
    /// <param name="sheet">The pivot table.</param>
    /// <param name="table">The table with the rows.</param>
    public static string Cache(PivotSheet sheet, string table)
    {
        var xml = new XmlBuffer().AddXml($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <pivotCacheDefinition xmlns="{Main}"
                saveData="0" refreshOnLoad="1" createdVersion="3" refreshedVersion="3" minRefreshableVersion="3">
              <cacheSource type="worksheet"><worksheetSource name="{table}"/></cacheSource>
              <cacheFields count="{sheet.Columns.Count}">
            """);
        foreach (var column in sheet.Columns)
        {
            xml.AddXml("<cacheField name=\"").AddText(column.Header).AddXml("\" numFmtId=\"0\">");
            if (FieldOf(sheet, column) is { } field)
            {
                AddItems(xml, field);
            }
            else
            {
                xml.Add("<sharedItems/>"u8);
            }

            xml.Add("</cacheField>"u8);
        }

        return xml.AddXml("</cacheFields></pivotCacheDefinition>").ToString();
    }

    /// <summary>The pivot table.</summary>
    /// <param name="sheet">What it shows.</param>
    /// <param name="number">Its number in the workbook, from 1.</param>
    /// <param name="formatId">The number of a number format.</param>
    public static string Table(PivotSheet sheet, int number, Func<string, int> formatId)
    {
        var cells = sheet.Cells;
        var xml = new XmlBuffer().AddXml($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <pivotTableDefinition xmlns="{Main}" name="Pivot{number}" cacheId="{number}" dataCaption="{Escaped(sheet.Caption)}"
                grandTotalCaption="{Escaped(sheet.TotalWord)}" applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0"
                applyPatternFormats="0" applyAlignmentFormats="0" applyWidthHeightFormats="1" {Versions}
                useAutoFormatting="1" itemPrintTitles="1" indent="0" compact="0" compactData="0" outline="0" outlineData="0"
                multipleFieldFilters="0">
              <location ref="{sheet.Range}" firstHeaderRow="1" firstDataRow="2" firstDataCol="{cells.Lines.Length}"/>
              <pivotFields count="{sheet.Columns.Count}">
            """);
        foreach (var column in sheet.Columns)
        {
            AddField(xml, sheet, column, formatId);
        }

        xml.AddXml($"</pivotFields><rowFields count=\"{cells.Lines.Length}\">")
            .AddXml(string.Concat(cells.Lines.Select(line => $"<field x=\"{Place(line.Column)}\"/>"))).AddXml("</rowFields>");
        AddLines(xml, sheet.Lines);
        xml.AddXml($"<colFields count=\"1\"><field x=\"{Place(cells.Across.Column)}\"/></colFields>");
        AddLines(xml, [.. Enumerable.Range(0, sheet.Order.Length).Select(place => new[] { place })], "colItems");
        return xml.AddXml("<dataFields count=\"1\"><dataField name=\"").AddText(sheet.Caption)
            .AddXml($"\" fld=\"{Place(sheet.Counted)}\"{Subtotal(cells.Function)} baseField=\"0\" baseItem=\"0\" ")
            .AddXml($"numFmtId=\"{formatId(sheet.Format)}\"/></dataFields>")
            .AddXml("<pivotTableStyleInfo name=\"PivotStyleLight1\" showRowHeaders=\"1\" showColHeaders=\"1\" showRowStripes=\"0\" ")
            .AddXml("showColStripes=\"0\" showLastColumn=\"1\"/></pivotTableDefinition>").ToString();
    }

    private static void AddField(XmlBuffer xml, PivotSheet sheet, ExcelColumn column, Func<string, int> formatId)
    {
        var cells = sheet.Cells;
        xml.Add("<pivotField"u8);
        var field = FieldOf(sheet, column);
        if (field is not null)
        {
            xml.AddXml(field == cells.Across ? " axis=\"axisCol\"" : " axis=\"axisRow\"");
        }

        if (column == sheet.Counted)
        {
            xml.Add(" dataField=\"1\""u8);
        }

        if (field is { Format: { } format } && field.Items.Any(item => item.Kind is PivotItemKind.Date or PivotItemKind.Number))
        {
            xml.AddXml($" numFmtId=\"{formatId(format)}\"");
        }

        xml.Add(" compact=\"0\" outline=\"0\" showAll=\"0\" defaultSubtotal=\"0\""u8);
        if (field is null)
        {
            xml.Add("/>"u8);
            return;
        }

        int[] order = field == cells.Across ? sheet.Order : [.. Enumerable.Range(0, field.Items.Count)];
        xml.AddXml($"><items count=\"{order.Length}\">");
        foreach (var number in order)
        {
            xml.AddXml(field.Caption(field.Items[number]) is { } caption
                ? $"<item n=\"{ExcelText.Escape(caption)}\" x=\"{number}\"/>" : $"<item x=\"{number}\"/>");
        }

        xml.Add("</items></pivotField>"u8);
    }

    // Each line says from which of its values on it is other than the one above.
    private static void AddLines(XmlBuffer xml, IReadOnlyList<int[]> lines, string name = "rowItems")
    {
        xml.AddXml($"<{name} count=\"{lines.Count + 1}\">");
        int[] above = [];
        foreach (var line in lines)
        {
            var same = above.AsSpan().CommonPrefixLength(line);
            xml.AddXml(same > 0 ? $"<i r=\"{same}\">" : "<i>");
            foreach (var item in line.Skip(same))
            {
                xml.AddXml(item == 0 ? "<x/>" : $"<x v=\"{item}\"/>");
            }

            xml.Add("</i>"u8);
            above = line;
        }

        xml.AddXml($"<i t=\"grand\"><x/></i></{name}>");
    }

    private static void AddItems(XmlBuffer xml, PivotField field)
    {
        xml.AddXml($"<sharedItems{Kinds(field)} count=\"{field.Items.Count}\">");
        foreach (var item in field.Items)
        {
            var tag = item.Kind switch
            {
                PivotItemKind.Number => 'n',
                PivotItemKind.Date => 'd',
                PivotItemKind.Truth => 'b',
                PivotItemKind.Text => 's',
                _ => 'm',
            };
            xml.AddXml($"<{tag}");
            if (item.Kind != PivotItemKind.None)
            {
                xml.AddXml(" v=\"").AddText(item.Text).AddXml("\"");
            }

            xml.Add("/>"u8);
        }

        xml.Add("</sharedItems>"u8);
    }

    // What kinds of values there are, where they are not all texts (18.10.1.64).
    private static string Kinds(PivotField field)
    {
        bool Has(PivotItemKind kind) => field.Items.Any(item => item.Kind == kind);
        var (hasNone, hasText) = (Has(PivotItemKind.None), Has(PivotItemKind.Text) || Has(PivotItemKind.Truth));
        var numbers = field.Items.Where(item => item.Kind == PivotItemKind.Number)
            .Select(item => double.Parse(item.Text, CultureInfo.InvariantCulture)).ToList();
        var dates = field.Items.Where(item => item.Kind == PivotItemKind.Date).Select(item => item.Cell.DateTime).ToList();
        var kinds = new List<(string Name, string Value)>();
        if (!hasText && !hasNone && numbers.Count + dates.Count > 0)
        {
            kinds.Add(("containsSemiMixedTypes", "0"));
        }

        if (dates.Count > 0 && numbers.Count == 0 && !hasText)
        {
            kinds.Add(("containsNonDate", "0"));
        }

        if (dates.Count > 0)
        {
            kinds.Add(("containsDate", "1"));
        }

        if (!hasText && numbers.Count + dates.Count > 0)
        {
            kinds.Add(("containsString", "0"));
        }

        if (hasNone)
        {
            kinds.Add(("containsBlank", "1"));
        }

        if ((hasText ? 1 : 0) + (numbers.Count > 0 ? 1 : 0) + (dates.Count > 0 ? 1 : 0) > 1)
        {
            kinds.Add(("containsMixedTypes", "1"));
        }

        if (numbers.Count > 0)
        {
            kinds.Add(("containsNumber", "1"));
            if (dates.Count == 0 && numbers.TrueForAll(double.IsInteger))
            {
                kinds.Add(("containsInteger", "1"));
            }

            kinds.Add(("minValue", numbers.Min().ToString("R", CultureInfo.InvariantCulture)));
            kinds.Add(("maxValue", numbers.Max().ToString("R", CultureInfo.InvariantCulture)));
        }

        if (dates.Count > 0)
        {
            kinds.Add(("minDate", dates.Min().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)));
            kinds.Add(("maxDate", dates.Max().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)));
        }

        return string.Concat(kinds.Select(kind => $" {kind.Name}=\"{kind.Value}\""));
    }

    private static PivotField? FieldOf(PivotSheet sheet, ExcelColumn column) =>
        sheet.Cells.Lines.Append(sheet.Cells.Across).FirstOrDefault(field => field.Column == column);

    private static string Subtotal(ColumnTotal function) => function switch
    {
        ColumnTotal.Average => " subtotal=\"average\"",
        ColumnTotal.Count => " subtotal=\"count\"",
        ColumnTotal.Minimum => " subtotal=\"min\"",
        ColumnTotal.Maximum => " subtotal=\"max\"",
        _ => "",
    };

    private static int Place(ExcelColumn column) => column.Number - 1;

    private static string Escaped(string text) => ExcelText.Escape(text);
}
