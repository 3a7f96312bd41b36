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

    public static string Of(ReportTask task, string dataset, IReadOnlyList<ExcelColumn> columns, IReadOnlyList<ColumnHighlight?> ranges,
        IReadOnlyList<(int Top, int Bottom)> areas, ExcelStyles styles)
    {
        // a rule may name the first of its cells
        var (top, bottom) = (areas[0].Top, areas[^1].Bottom);
        var definition = task.Dataset(dataset);
        var rules = columns
            .SelectMany((column, place) => ((definition.Column(column.LaidOut.Column.Name) ?? column.LaidOut.Column.Look)?.Highlight ?? [])
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

    private static string Design(List<(string Range, HighlightRule Rule)> rules, IReadOnlyList<(int Top, int Bottom)> areas,
        ExcelStyles styles)
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
        return string.Concat(root.Elements(Main + "conditionalFormatting")
            .Select(element => element.ToString(System.Xml.Linq.SaveOptions.DisableFormatting)));
    }

    /// <summary>The formula of a rule that no kind of conditional format has; null for others. The
    /// cell that it is about is the first one, and Excel moves on from it.</summary>
    private static string? FormulaOf(HighlightRule rule, string range)
    {
        var ends = range.Split(':');
        var cell = ends[0];
        static string Fixed(string place) => place.Insert(place.AsSpan().IndexOfAnyInRange('0', '9'), "$");
        string Compared(string sign) => $"AND(ISNUMBER({cell}),{cell}{sign}AVERAGE({Fixed(cell)}:{Fixed(ends[^1])}))";
        return rule.Kind switch
        {
            HighlightKind.AtMost => $"AND(ISNUMBER({cell}),{cell}<={rule.Values[0]})",
            HighlightKind.Not =>
                $"AND({cell}<>\"\",{cell}<>"
                    + $"{(rule.IsNumber ? rule.Values[0] : $"\"{rule.Values[0].Replace("\"", "\"\"", StringComparison.Ordinal)}\"")})",
            HighlightKind.Empty => $"LEN({cell})=0",
            HighlightKind.Above => Compared(">"),
            HighlightKind.Below => Compared("<"),
            _ => null,
        };
    }

    private static void Apply(IXLConditionalFormat format, HighlightRule rule, string range)
    {
        var color = XLColor.FromHtml(rule.Colors.Count > 0 ? rule.Colors[0] : "#FFFFFF");
        if (FormulaOf(rule, range) is { } formula)
        {
            format.WhenIsTrue(formula).Fill.SetBackgroundColor(color);
            return;
        }

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
                format.WhenEquals(rule.IsNumber ? rule.Values[0] : rule.Values[0].Replace("\"", "\"\"", StringComparison.Ordinal)).Fill
                    .SetBackgroundColor(color);
                break;
            case HighlightKind.Text:
                format.WhenContains(rule.Values[0].Replace("\"", "\"\"", StringComparison.Ordinal)).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.AtLeast:
                format.WhenEqualOrGreaterThan(rule.Values[0]).Fill.SetBackgroundColor(color);
                break;
            case HighlightKind.Bottom:
                format.WhenIsBottom(int.Parse(rule.Values[0], CultureInfo.InvariantCulture), XLTopBottomType.Items).Fill
                    .SetBackgroundColor(color);
                break;
            case HighlightKind.TopPercent:
                format.WhenIsTop(int.Parse(rule.Values[0], CultureInfo.InvariantCulture), XLTopBottomType.Percent).Fill
                    .SetBackgroundColor(color);
                break;
            case HighlightKind.BottomPercent:
                format.WhenIsBottom(int.Parse(rule.Values[0], CultureInfo.InvariantCulture), XLTopBottomType.Percent).Fill
                    .SetBackgroundColor(color);
                break;
            case HighlightKind.Top:
                format.WhenIsTop(int.Parse(rule.Values[0], CultureInfo.InvariantCulture), XLTopBottomType.Items).Fill
                    .SetBackgroundColor(color);
                break;
            case HighlightKind.DataBar:
                format.DataBar(color, showBarOnly: false).Minimum(XLCFContentType.Number, 0).HighestValue();
                break;
            case HighlightKind.ColorScale:
                format.ColorScale().LowestValue(XLColor.FromHtml(rule.Colors[0]))
                    .Midpoint(XLCFContentType.Percentile, 50, XLColor.FromHtml(rule.Colors[1]))
                    .HighestValue(XLColor.FromHtml(rule.Colors[2]));
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
