using System.Security;
using System.Text;

namespace ReportScheduler.Exports;

/// <summary>The styles of a workbook: each number format that its columns use is one cell style.</summary>
internal sealed class ExcelStyles
{
    public const int Header = 1;
    public const int Title = 2;
    public const int Total = 3;

    private const int FirstOwn = 4;
    private const int FirstFormatId = 164;
    private readonly List<(string Format, bool Right)> styles = [];

    /// <summary>The cell style of a number format; "General" for none.</summary>
    public int Of(string format, bool right)
    {
        var place = styles.IndexOf((format, right));
        if (place < 0)
        {
            styles.Add((format, right));
            place = styles.Count - 1;
        }

        return FirstOwn + place;
    }

    /// <summary>The styles part.</summary>
    public string Xml()
    {
        var formats = styles.Select(style => style.Format).Where(format => format != "General").Distinct().ToList();
        var xml = new StringBuilder("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">""");
        if (formats.Count > 0)
        {
            xml.Append("<numFmts count=\"").Append(formats.Count).Append("\">");
            for (var i = 0; i < formats.Count; i++)
            {
                xml.Append("<numFmt numFmtId=\"").Append(FirstFormatId + i).Append("\" formatCode=\"").Append(SecurityElement.Escape(formats[i])).Append("\"/>");
            }

            xml.Append("</numFmts>");
        }

        xml.Append("""<fonts count="4"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="14"/><color rgb="FF1F4E79"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>""")
            .Append("""<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF1F4E79"/><bgColor indexed="64"/></patternFill></fill></fills>""")
            .Append("""<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top style="thin"><color rgb="FF1F4E79"/></top><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>""")
            .Append("<cellXfs count=\"").Append(FirstOwn + (2 * styles.Count)).Append("\">")
            .Append("""<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center"/></xf><xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="3" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"/>""");
        foreach (var (font, border) in new[] { (0, 0), (3, 1) })
        {
            foreach (var (format, right) in styles)
            {
                xml.Append("<xf numFmtId=\"").Append(format == "General" ? 0 : FirstFormatId + formats.IndexOf(format)).Append("\" fontId=\"").Append(font)
                    .Append("\" fillId=\"0\" borderId=\"").Append(border).Append("\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"")
                    .Append(right ? "right" : "general").Append("\" vertical=\"top\"/></xf>");
            }
        }

        return xml.Append("""</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/></styleSheet>""").ToString();
    }

    /// <summary>The style of the totals row for a column's style.</summary>
    public int TotalOf(int style) => style + styles.Count;
}
