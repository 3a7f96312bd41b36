using System.Text;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>The area of a page that leads to an address.</summary>
/// <remarks>ISO 32000-1, 12.5.6.5.</remarks>
internal static class PdfLink
{
    /// <summary>Adds a link to a page.</summary>
    /// <param name="document">The PDF.</param>
    /// <param name="page">The page.</param>
    /// <param name="element">Its element, which the text of the link belongs to already.</param>
    /// <param name="address">Where it leads.</param>
    /// <param name="left">In points.</param>
    /// <param name="top">In points, from the top.</param>
    /// <param name="width">In points.</param>
    /// <param name="height">In points.</param>
    public static void Add(PdfDocument document, PdfPage page, StructureElement element, Uri address, float left, float top, float width,
        float height)
    {
        var number = document.Objects.Reserve();
        var body = new PdfBytes();
        body.Add("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect["u8).Add(left).Add((byte)' ').Add(page.Height - top - height)
            .Add((byte)' ')
            .Add(left + width).Add((byte)' ').Add(page.Height - top).Add("]/StructParent "u8).Add(document.Structure.NextKey)
            .Add("/Contents"u8).AddText(address.OriginalString).Add("/A<</S/URI/URI("u8);
        foreach (var part in Encoding.ASCII.GetBytes(address.AbsoluteUri))
        {
            body.AddEscaped(part);
        }

        document.Objects.WriteObject(number, body.Add(")>>>>"u8).Span);
        document.Structure.AddObject(element.Number);
        element.AddObject(page, number);
        page.AddLink(number);
    }
}
