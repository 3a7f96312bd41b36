using System.IO.Compression;
using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>The looks of a workbook, designed with ClosedXML ahead of time: loading ClosedXML costs every process 0.4 seconds.</summary>
/// <remarks>The tests design it again and compare.</remarks>
internal static class Skeleton
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Read once for the process: a split report makes hundreds of workbooks.</summary>
    private static readonly Lazy<SkeletonParts> Parts = new(Read);

    /// <summary>The looks, with styles that are the caller's own to add to.</summary>
    public static SkeletonParts Load() => Parts.Value with { Styles = new XDocument(Parts.Value.Styles) };

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
}
