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

    private static readonly XNamespace Later = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main";
    private static readonly XNamespace Formulas = "http://schemas.microsoft.com/office/excel/2006/main";

    /// <returns>The rules, and what Excel 2010 and later know of them beside.</returns>
    public static (string Rules, string Extension) Of(ReportTask task, string dataset, IReadOnlyList<ExcelColumn> columns,
        IReadOnlyList<ColumnHighlight?> ranges, IReadOnlyList<(int Top, int Bottom)> areas, ExcelStyles styles)
    {
        if (!Any(task.Dataset(dataset), columns))
        {
            return ("", "");
        }

        // a rule may name the first of its cells
        var (top, bottom) = (areas[0].Top, areas[^1].Bottom);
        var definition = task.Dataset(dataset);
        var rules = columns
            .SelectMany((column, place) => (Look(definition, column)?.Highlight ?? [])
            // at the heads of groups stand texts
            .Where(rule => !column.IsBlank && HasEffect(rule.Kind, ranges[place]))
            .Select(rule => (Range: CellReference.Range(column.Number, top, column.Number, bottom), Rule: rule,
                // a text in its cells is neither a number nor a value
                Cell: (column.LaidOut.NullText is { Length: > 0 } || column.Truth is not null) && rule.Kind < HighlightKind.Top
                    ? CellReference.Of(column.Number, top) : null,
                Column: column)))
            .ToList();
        // below those of cells, whose colours lie on the one of their row
        rules.AddRange(columns
            .SelectMany(column => (Look(definition, column)?.Highlight ?? [])
            .Where(rule => rule.Row)
            .Select(rule => (CellReference.Range(columns[0].Number, top, columns[^1].Number, bottom), rule,
                (string?)$"${CellReference.Of(column.Number, top)}", column))));
        var negatives = columns.Where((_, place) => ranges[place] is { HasNegatives: true }).Select(column => column.Number).ToHashSet();
        return rules.Count == 0 ? ("", "") : Design(rules, areas, negatives, styles);
    }

    private static bool Any(ReportDataset definition, IReadOnlyList<ExcelColumn> columns)
    {
        foreach (var column in columns)
        {
            if (Look(definition, column) is { Highlight.Length: > 0 })
            {
                return true;
            }
        }

        return false;
    }

    private static ReportColumn? Look(ReportDataset definition, ExcelColumn column) =>
        definition.Column(column.LaidOut.Column.Name) ?? column.LaidOut.Column.Look;

    // of zeros alone Excel would draw whole bars
    private static bool HasEffect(HighlightKind kind, ColumnHighlight? range) => kind switch
    {
        HighlightKind.ColorScale => range is not { IsFlat: true },
        HighlightKind.DataBar => range is not { IsZero: true },
        _ => true,
    };

    private static (string Rules, string Extension) Design(
        List<(string Range, HighlightRule Rule, string? Cell, ExcelColumn Column)> rules,
        IReadOnlyList<(int Top, int Bottom)> areas, HashSet<int> negatives, ExcelStyles styles)
    {
        using var saved = new MemoryStream();
        using (var workbook = new XLWorkbook())
        {
            var sheet = workbook.AddWorksheet("Design");
            foreach (var (range, rule, cell, column) in rules)
            {
                Apply(sheet.Range(range).AddConditionalFormat(), rule, range, cell, column);
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
            var ends = range.Value.Split(':');
            var (left, right) = (CellReference.Parse(ends[0]).Column, CellReference.Parse(ends[^1]).Column);
            range.Value = string.Join(' ', areas.Select(area => CellReference.Range(left, area.Top, right, area.Bottom)));
        }
        // from nothing to the whole cell, where Excel's own are a tenth to nine tenths
        foreach (var bar in root.Descendants(Main + "dataBar"))
        {
            bar.SetAttributeValue("minLength", 0);
            bar.SetAttributeValue("maxLength", 100);
        }

        var extension = Extension(root, negatives);
        return (string.Concat(root.Elements(Main + "conditionalFormatting")
            .Select(element => element.ToString(System.Xml.Linq.SaveOptions.DisableFormatting))), extension);
    }

    // The bars of Excel 2007 know no zero: those of numbers below it are described once more, as later ones draw them.
    private static string Extension(XElement root, HashSet<int> negatives)
    {
        var later = new List<XElement>();
        foreach (var rule in root.Descendants(Main + "dataBar").Select(bar => bar.Parent!))
        {
            var range = rule.Parent!.Attribute("sqref")!.Value;
            if (!negatives.Contains(CellReference.Parse(range.Split(':', ' ')[0]).Column))
            {
                continue;
            }

            var id = $"{{00000000-0000-4000-8000-{later.Count + 1:X12}}}";
            rule.Add(new XElement(Main + "extLst", new XElement(Main + "ext",
                new XAttribute("uri", "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"), new XAttribute(XNamespace.Xmlns + "x14", Later),
                new XElement(Later + "id", id))));
            later.Add(new XElement(Later + "conditionalFormatting", new XAttribute(XNamespace.Xmlns + "xm", Formulas),
                new XElement(Later + "cfRule", new XAttribute("type", "dataBar"), new XAttribute("id", id),
                    new XElement(Later + "dataBar", new XAttribute("minLength", 0), new XAttribute("maxLength", 100),
                        new XAttribute("gradient", 0), new XAttribute("negativeBarColorSameAsPositive", 0),
                        new XElement(Later + "cfvo", new XAttribute("type", "autoMin")),
                        new XElement(Later + "cfvo", new XAttribute("type", "autoMax")),
                        // LibreOffice has red ones otherwise
                        new XElement(Later + "negativeFillColor",
                            new XAttribute("rgb", rule.Element(Main + "dataBar")!.Element(Main + "color")!.Attribute("rgb")!.Value)),
                        new XElement(Later + "axisColor", new XAttribute("rgb", "FF5B6675")))),
                new XElement(Formulas + "sqref", range)));
        }

        return later.Count == 0 ? "" : new XElement(Main + "extLst", new XElement(Main + "ext",
            new XAttribute("uri", "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"), new XAttribute(XNamespace.Xmlns + "x14", Later),
            new XElement(Later + "conditionalFormattings", later))).ToString(System.Xml.Linq.SaveOptions.DisableFormatting);
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
            HighlightKind.Equal when rule.Values[0].Length == 0 => CellFormulas.IsEmptyText(cell),
            HighlightKind.Empty => $"LEN({cell})=0",
            HighlightKind.Above => Compared(">"),
            HighlightKind.Below => Compared("<"),
            _ => null,
        };
    }

    private static void Apply(IXLConditionalFormat format, HighlightRule rule, string range, string? cell, ExcelColumn column)
    {
        var color = XLColor.FromHtml(rule.Colors.Count > 0 ? rule.Colors[0] : "#FFFFFF");
        if ((cell is null ? FormulaOf(rule, range) : CellFormulas.Of(rule, cell, column.LaidOut.NullText, column.Truth)) is { } formula)
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
                AddIcons(format, rule);
                break;
        }
    }

    private static void AddIcons(IXLConditionalFormat format, HighlightRule rule) => format.IconSet(rule.IconSet switch
    {
        "trafficlights" => XLIconSetStyle.ThreeTrafficLights1,
        "signs" => XLIconSetStyle.ThreeSigns,
        _ => XLIconSetStyle.ThreeArrows,
    }, rule.IsReversed)
        .AddValue(XLCFIconSetOperator.EqualOrGreaterThan, 0, XLCFContentType.Percent)
        .AddValue(XLCFIconSetOperator.EqualOrGreaterThan, 33, XLCFContentType.Percent)
        .AddValue(XLCFIconSetOperator.EqualOrGreaterThan, 67, XLCFContentType.Percent);

    private static XDocument Xml(ZipArchive zip, string name)
    {
        using var stream = zip.GetEntry(name)!.Open();
        return XDocument.Load(stream);
    }
}
