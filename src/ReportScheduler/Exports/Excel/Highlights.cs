using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using ClosedXML.Excel;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Excel;

/// <summary>The conditional formats of a worksheet, designed with ClosedXML on an empty sheet and cut out of what it saves.</summary>
/// <remarks>The only place that loads ClosedXML when a report runs.</remarks>
internal static class Highlights
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static string Of(ReportTask task, string dataset, IReadOnlyList<ExcelColumn> columns, IReadOnlyList<ColumnHighlight?> ranges, IReadOnlyList<(int Top, int Bottom)> areas, ExcelStyles styles)
    {
        // a rule may name the first of its cells
        var (top, bottom) = (areas[0].Top, areas[^1].Bottom);
        var definition = task.Dataset(dataset);
        var rules = columns.SelectMany((column, place) => ((definition.Column(column.LaidOut.Column.Name) ?? column.LaidOut.Column.Look)?.Highlight ?? [])
            .Where(rule => HasEffect(rule.Kind, ranges[place]))
            .Select(rule => (Range: CellReference.Range(column.Number, top, column.Number, bottom), Rule: rule))).ToList();
        return rules.Count == 0 ? "" : Design(rules, areas, styles);
    }

    // of numbers that are all below zero Excel would turn the ends of a bar around
    private static bool HasEffect(HighlightKind kind, ColumnHighlight? range) => kind switch
    {
        HighlightKind.ColorScale => range is not { IsFlat: true },
        HighlightKind.DataBar => range is not { HasNothingAboveZero: true },
        _ => true,
    };

    private static string Design(List<(string Range, HighlightRule Rule)> rules, IReadOnlyList<(int Top, int Bottom)> areas, ExcelStyles styles)
    {
        using var saved = new MemoryStream();
        using (var workbook = new XLWorkbook())
        {
            var sheet = workbook.AddWorksheet("Design");
            foreach (var (range, rule) in rules)
            {
                Apply(sheet.Range(range).AddConditionalFormat(), rule, range);
            }
            workbook.SaveAs(saved);
        }
        using var zip = new ZipArchive(saved);
        var differences = Xml(zip, "xl/styles.xml").Root!.Element(Main + "dxfs")?.Elements().Select(styles.AddDifference).ToList() ?? [];
        var root = Xml(zip, "xl/worksheets/sheet1.xml").Root!;
        foreach (var number in root.Descendants(Main + "cfRule").Attributes("dxfId"))
        {
            number.Value = differences[int.Parse(number.Value, CultureInfo.InvariantCulture)].ToString(CultureInfo.InvariantCulture);
        }
        // What ClosedXML adds for Excel 2010 does not validate, and the rules are whole without it.
        root.Elements(Main + "conditionalFormatting").Descendants(Main + "extLst").Remove();
        foreach (var range in root.Elements(Main + "conditionalFormatting").Attributes("sqref").Where(_ => areas.Count > 1))
        {
            var column = CellReference.Parse(range.Value.Split(':')[0]).Column;
            range.Value = string.Join(' ', areas.Select(area => CellReference.Range(column, area.Top, column, area.Bottom)));
        }
        // from nothing to the whole cell, where Excel's own are a tenth to nine tenths
        foreach (var bar in root.Descendants(Main + "dataBar"))
        {
            bar.SetAttributeValue("minLength", 0);
            bar.SetAttributeValue("maxLength", 100);
        }
        return string.Concat(root.Elements(Main + "conditionalFormatting").Select(element => element.ToString(System.Xml.Linq.SaveOptions.DisableFormatting)));
    }

    // The cell that a formula is about is the first one, and Excel moves on from it.
    private static string Compared(string range, string sign)
    {
        var ends = range.Split(':');
        static string Fixed(string cell) => cell.Insert(cell.IndexOfAny("0123456789".ToCharArray()), "$");
        return $"AND(ISNUMBER({ends[0]}),{ends[0]}{sign}AVERAGE({Fixed(ends[0])}:{Fixed(ends[^1])}))";
    }

    private static void Apply(IXLConditionalFormat format, HighlightRule rule, string range)
    {
        var color = XLColor.FromHtml(rule.Colors.Count > 0 ? rule.Colors[0] : "#FFFFFF");
        switch (rule.Kind)
        {
            case HighlightKind.Greater:
                format.WhenGreaterThan(rule.Values[0]).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Less:
                format.WhenLessThan(rule.Values[0]).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Between:
                format.WhenBetween(rule.Values[0], rule.Values[1]).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Equal:
                format.WhenEquals(rule.IsNumber ? rule.Values[0] : rule.Values[0].Replace("\"", "\"\"", StringComparison.Ordinal)).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Text:
                format.WhenContains(rule.Values[0].Replace("\"", "\"\"", StringComparison.Ordinal)).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.AtLeast:
                format.WhenEqualOrGreaterThan(rule.Values[0]).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.AtMost:
                format.WhenIsTrue($"AND(ISNUMBER({range.Split(':')[0]}),{range.Split(':')[0]}<={rule.Values[0]})").Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Not:
                format.WhenIsTrue($"AND({range.Split(':')[0]}<>\"\",{range.Split(':')[0]}<>{(rule.IsNumber ? rule.Values[0] : $"\"{rule.Values[0].Replace("\"", "\"\"", StringComparison.Ordinal)}\"")})").Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Empty:
                format.WhenIsTrue($"LEN({range.Split(':')[0]})=0").Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Bottom:
                format.WhenIsBottom(int.Parse(rule.Values[0], CultureInfo.InvariantCulture), XLTopBottomType.Items).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.TopPercent:
                format.WhenIsTop(int.Parse(rule.Values[0], CultureInfo.InvariantCulture), XLTopBottomType.Percent).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.BottomPercent:
                format.WhenIsBottom(int.Parse(rule.Values[0], CultureInfo.InvariantCulture), XLTopBottomType.Percent).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Above:
                format.WhenIsTrue(Compared(range, ">")).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Below:
                format.WhenIsTrue(Compared(range, "<")).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Top:
                format.WhenIsTop(int.Parse(rule.Values[0], CultureInfo.InvariantCulture), XLTopBottomType.Items).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.DataBar:
                format.DataBar(color, showBarOnly: false).Minimum(XLCFContentType.Number, 0).HighestValue();
                break;
            case HighlightKind.ColorScale:
                format.ColorScale().LowestValue(XLColor.FromHtml(rule.Colors[0])).Midpoint(XLCFContentType.Percentile, 50, XLColor.FromHtml(rule.Colors[1])).HighestValue(XLColor.FromHtml(rule.Colors[2]));
                break;
            default:
                format.IconSet(XLIconSetStyle.ThreeArrows)
                    .AddValue(XLCFIconSetOperator.EqualOrGreaterThan, 0, XLCFContentType.Percent)
                    .AddValue(XLCFIconSetOperator.EqualOrGreaterThan, 33, XLCFContentType.Percent)
                    .AddValue(XLCFIconSetOperator.EqualOrGreaterThan, 67, XLCFContentType.Percent);
                break;
        }
    }

    private static XDocument Xml(ZipArchive zip, string name)
    {
        using var stream = zip.GetEntry(name)!.Open();
        return XDocument.Load(stream);
    }
}
