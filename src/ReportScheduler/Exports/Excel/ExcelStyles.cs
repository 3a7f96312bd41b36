using System.Globalization;
using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>The cell formats of a workbook. A number may be given to cells first and its looks decided when all rows are known.</summary>
/// <param name="styles">The style part to add to.</param>
/// <param name="baseOf">The cell format in it of each role.</param>
/// <param name="made">What was made of it before, where many workbooks share it and it stays as it is; null for the workbook's own.</param>
internal sealed class ExcelStyles(XDocument styles, Func<ExcelRole, int> baseOf, StyleCache? made = null)
{
    private const int FirstOwnFormat = 164;

    // Built in, and alike in every language.
    private static readonly Dictionary<string, int> BuiltIn = new(StringComparer.Ordinal) { ["General"] = 0, ["0"] = 1, ["@"] = 49 };

    private readonly XNamespace main = styles.Root!.Name.Namespace;
    private readonly int first = made?.Formats ?? Formats(styles).Elements().Count();
    private readonly List<CellFormat> added = [];
    private readonly List<XElement> differences = [];
    private Dictionary<string, int> ids = [];

    /// <summary>A number for cells whose looks follow.</summary>
    public int Reserve()
    {
        added.Add(new CellFormat(baseOf(ExcelRole.Text), null));
        return first + added.Count - 1;
    }

    /// <summary>Decides the looks of a reserved number.</summary>
    /// <param name="style">The number.</param>
    /// <param name="role">What the cells are for.</param>
    /// <param name="format">The number format; null for the role's own.</param>
    public void Define(int style, ExcelRole role, string? format = null) => Define(style, baseOf(role), format);

    /// <summary>Decides the looks of a reserved number: those of another cell
    /// format, with a number format of its own unless null.</summary>
    public void Define(int style, int other, string? format) => added[style - first] = new CellFormat(other, format);

    /// <summary>Whether a cell format shows numbers in a way of its own.</summary>
    public bool HasNumberFormat(int style) =>
        Formats(styles).Elements().ElementAtOrDefault(style)?.Attribute("numFmtId")?.Value is not (null or "0");

    public int Of(ExcelRole role) => baseOf(role);

    /// <summary>Adds a format of conditional formatting.</summary>
    /// <returns>Its number.</returns>
    public int AddDifference(XElement difference)
    {
        differences.Add(difference);
        return (styles.Root!.Element(main + "dxfs")?.Elements().Count() ?? 0) + differences.Count - 1;
    }

    /// <summary>The number of a number format that cells have; known once the part is made.</summary>
    public int FormatId(string format) => BuiltIn.TryGetValue(format, out var id) ? id : ids[format];

    /// <summary>The style part with everything added.</summary>
    public string ToXml()
    {
        string xml;
        (xml, ids) = made is null ? Make(styles)
            : differences.Count > 0 ? Make(new XDocument(styles))
            : made.Of(string.Join('\n', added.Select(format => $"{format.Base} {format.Format}")), () => Make(new XDocument(styles)));
        return xml;
    }

    private (string Xml, Dictionary<string, int> Formats) Make(XDocument styles)
    {
        var root = styles.Root!;
        var formats = Formats(styles);
        var bases = formats.Elements().ToList();
        var numbers = Numbers(root);
        var known = numbers.Elements().ToDictionary(number => (string)number.Attribute("formatCode")!,
            number => (int)number.Attribute("numFmtId")!, StringComparer.Ordinal);
        var next = FirstOwnFormat;
        foreach (var number in known.Values)
        {
            next = Math.Max(next, number + 1);
        }

        foreach (var (index, format) in added)
        {
            var element = new XElement(bases[index]);
            if (format is not null)
            {
                if (!BuiltIn.TryGetValue(format, out var id) && !known.TryGetValue(format, out id))
                {
                    known.Add(format, id = next++);
                    numbers.Add(new XElement(main + "numFmt", new XAttribute("numFmtId", id), new XAttribute("formatCode", format)));
                }

                element.SetAttributeValue("numFmtId", id);
                element.SetAttributeValue("applyNumberFormat", "1");
            }

            formats.Add(element);
        }

        if (numbers.HasElements)
        {
            Count(numbers);
        }
        else
        {
            numbers.Remove();
        }

        Count(formats);
        if (differences.Count > 0)
        {
            var all = root.Element(main + "dxfs");
            if (all is null)
            {
                root.Element(main + "cellStyles")!.AddAfterSelf(all = new XElement(main + "dxfs"));
            }

            all.Add(differences);
            Count(all);
        }

        return (Document(root), known);
    }

    private static string Document(XElement root) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + root.ToString(SaveOptions.DisableFormatting);

    /// <summary>The cell formats of a style part.</summary>
    public static XElement Formats(XDocument styles) => styles.Root!.Element(styles.Root.Name.Namespace + "cellXfs")!;

    private XElement Numbers(XElement root)
    {
        var numbers = root.Element(main + "numFmts");
        if (numbers is null)
        {
            root.AddFirst(numbers = new XElement(main + "numFmts"));
        }

        return numbers;
    }

    private static void Count(XElement list) =>
        list.SetAttributeValue("count", list.Elements().Count().ToString(CultureInfo.InvariantCulture));

    private sealed record CellFormat(int Base, string? Format);
}
