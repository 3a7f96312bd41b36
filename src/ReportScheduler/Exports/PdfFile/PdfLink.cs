using System.Text;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>The area of a page that leads to an address, or to another page.</summary>
/// <remarks>ISO 32000-1, 12.5.6.5.</remarks>
internal static class PdfLink
{
    /// <summary>Adds a link to an address.</summary>
    /// <param name="document">The PDF.</param>
    /// <param name="page">The page.</param>
    /// <param name="element">Its element, which the text of the link belongs to already.</param>
    /// <param name="address">Where it leads.</param>
    /// <param name="area">Where it is, from the top of the page.</param>
    public static void Add(PdfDocument document, PdfPage page, StructureElement element, Uri address,
        (float Left, float Top, float Right, float Bottom) area)
    {
        var body = Begin(document, page, address.OriginalString, area).Add("/A<</S/URI/URI("u8);
        foreach (var part in Encoding.ASCII.GetBytes(address.AbsoluteUri))
        {
            body.AddEscaped(part);
        }

        End(document, page, element, body.Add(")>>"u8));
    }

    /// <summary>Adds a link to where a bookmark leads.</summary>
    /// <param name="document">The PDF.</param>
    /// <param name="page">The page.</param>
    /// <param name="element">Its element, which the text of the link belongs to already.</param>
    /// <param name="target">Where it leads.</param>
    /// <param name="area">Where it is, from the top of the page.</param>
    public static void Add(PdfDocument document, PdfPage page, StructureElement element, PdfBookmark target,
        (float Left, float Top, float Right, float Bottom) area) =>
        End(document, page, element, Begin(document, page, target.Title, area).Add("/Dest["u8).AddReference(target.Page)
            .Add("/XYZ null "u8).Add(target.Y).Add(" null]"u8));

    private static PdfBytes Begin(PdfDocument document, PdfPage page, string words,
        (float Left, float Top, float Right, float Bottom) area) => new PdfBytes()
        .Add("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect["u8).Add(area.Left).Add((byte)' ').Add(page.Height - area.Bottom)
        .Add((byte)' ').Add(area.Right).Add((byte)' ').Add(page.Height - area.Top).Add("]/StructParent "u8)
        .Add(document.Structure.NextKey).Add("/Contents"u8).AddText(words);

    private static void End(PdfDocument document, PdfPage page, StructureElement element, PdfBytes body)
    {
        var number = document.Objects.Reserve();
        document.Objects.WriteObject(number, body.Add(">>"u8).Span);
        document.Structure.AddObject(element.Number);
        element.AddObject(page, number);
        page.AddLink(number);
    }
}
