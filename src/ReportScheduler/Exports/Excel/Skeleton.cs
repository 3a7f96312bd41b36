using System.IO.Compression;
using System.Xml.Linq;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Excel;

/// <summary>The looks of a workbook, designed with ClosedXML ahead of time: loading ClosedXML costs every process 0.4 seconds.</summary>
/// <remarks>The tests design it again and compare.</remarks>
internal static class Skeleton
{
    private static readonly XNamespace Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Read once for the process: a split report makes hundreds of workbooks.</summary>
    private static readonly Lazy<SkeletonParts> Parts = new(Read);

    /// <summary>The looks that were asked for last: those of the other parts of a split report too.</summary>
    private static Known? last;

    /// <summary>The looks, which many workbooks share.</summary>
    /// <param name="theme">Its colours and font; null for the module's own.</param>
    /// <param name="isRightToLeft">Text stands at the right of its cell.</param>
    public static SkeletonParts Load(Theme? theme = null, bool isRightToLeft = false)
    {
        if (theme is { IsBranded: false, Font: null })
        {
            theme = null;
        }

        if (theme is null && !isRightToLeft)
        {
            return Parts.Value;
        }

        var known = Volatile.Read(ref last);
        if (known is null || !ReferenceEquals(known.Theme, theme) || known.IsRightToLeft != isRightToLeft)
        {
            Volatile.Write(ref last, known = new Known(theme, isRightToLeft, Make(theme, isRightToLeft)));
        }

        return known.Parts;
    }

    private static SkeletonParts Make(Theme? theme, bool isRightToLeft)
    {
        var styles = new XDocument(Parts.Value.Styles);
        // Excel does not mirror an alignment that is given
        foreach (var alignment in isRightToLeft ? styles.Descendants(Main + "alignment") : [])
        {
            alignment.SetAttributeValue("horizontal", (string?)alignment.Attribute("horizontal") == "left" ? "right"
                : (string?)alignment.Attribute("horizontal"));
            alignment.SetAttributeValue("readingOrder", "2");
        }

        var parts = new SkeletonParts(styles, Parts.Value.Theme, Parts.Value.Roles);
        return theme is null ? parts : Themed(parts, theme);
    }

    private static SkeletonParts Themed(SkeletonParts parts, Theme theme)
    {
        var group = $"FF{Theme.Standard.Light.Group.Digits}";
        foreach (var color in parts.Styles.Descendants(Main + "fgColor").Where(color => (string?)color.Attribute("rgb") == group))
        {
            color.SetAttributeValue("rgb", $"FF{theme.Light.Group.Digits}");
        }

        var look = XDocument.Parse(parts.Theme);
        for (var index = 0; index < theme.Light.Series.Count; index++)
        {
            look.Descendants(Drawing + $"accent{index + 1}").Elements().First().SetAttributeValue("val", theme.Light.Series[index].Digits);
        }

        if (theme.Font is { } font)
        {
            foreach (var name in parts.Styles.Descendants(Main + "font").Elements(Main + "name"))
            {
                name.SetAttributeValue("val", font);
            }

            foreach (var name in look.Descendants(Drawing + "latin"))
            {
                name.SetAttributeValue("typeface", font);
            }
        }

        return new SkeletonParts(parts.Styles, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + look.ToString(SaveOptions.DisableFormatting),
            parts.Roles);
    }

    private static SkeletonParts Read()
    {
        using var stream = typeof(Skeleton).Assembly.GetManifestResourceStream("Skeleton.xlsx")!;
        using var zip = new ZipArchive(stream);
        var roles = Xml(zip, "xl/worksheets/sheet1.xml").Descendants(Main + "c").Select(cell => (int?)cell.Attribute("s") ?? 0).ToArray();
        using var theme = new StreamReader(zip.GetEntry("xl/theme/theme1.xml")!.Open());
        var styles = Xml(zip, "xl/styles.xml");
        // ClosedXML writes General down, with an empty code, and LibreOffice believes it: truth values become 0 and 1.
        styles.Descendants(Main + "numFmt").Where(format => (int?)format.Attribute("numFmtId") == 0).Remove();
        return new SkeletonParts(styles, theme.ReadToEnd(), roles);
    }

    private static XDocument Xml(ZipArchive zip, string name)
    {
        using var stream = zip.GetEntry(name)!.Open();
        return XDocument.Load(stream);
    }

    private sealed record Known(Theme? Theme, bool IsRightToLeft, SkeletonParts Parts);
}
