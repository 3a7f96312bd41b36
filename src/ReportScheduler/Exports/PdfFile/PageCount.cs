using System.Globalization;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>The " of 12" behind the number of each page, which is known after the last one: one form that all pages show.</summary>
/// <remarks>
/// The number before it ends where the form begins, which depends on how wide the form is. So it follows a space whose width is written
/// last: that of the only glyph of a font of its own.
/// </remarks>
internal sealed class PageCount(PdfObjects objects)
{
    /// <summary>The widest the form may become, in points.</summary>
    public const float MostWidth = 120;

    private readonly int form = objects.Reserve();
    private readonly int space = objects.Reserve();

    private string FormName => string.Create(CultureInfo.InvariantCulture, $"X{form}");

    private string SpaceName => string.Create(CultureInfo.InvariantCulture, $"F{space}");

    /// <summary>Goes to where the number of a page begins.</summary>
    /// <param name="content">The page.</param>
    /// <param name="right">Where the form ends.</param>
    /// <param name="baseLine">The base line of both.</param>
    /// <param name="width">How wide the number is.</param>
    public void MoveBefore(PdfContent content, float right, float baseLine, float width)
    {
        content.MoveTo(right - width - MostWidth, baseLine);
        content.ShowSpace(SpaceName, space);
    }

    /// <summary>Shows the form.</summary>
    public void Show(PdfContent content, float right, float baseLine) => content.Show(FormName, form, right, baseLine);

    /// <summary>Writes both.</summary>
    /// <param name="content">What the form shows, its base line at 0, from the left.</param>
    /// <param name="width">How wide that is.</param>
    public void Write(PdfContent content, float width)
    {
        var body = new PdfBytes();
        body.Add("/Type/XObject/Subtype/Form/BBox["u8).Add(-width - 1).Add(" -10 "u8).Add(width + 1).Add(" 20]"u8);
        content.AddResources(body);
        objects.WriteStream(form, body.Span, content.Span);
        var (glyph, characters) = (objects.Reserve(), objects.Reserve());
        var units = (int)Math.Round((MostWidth - width) * 10);
        body.Clear();
        objects.WriteStream(glyph, default, body.Add(units).Add(" 0 d0"u8).Span);
        objects.WriteStream(characters, default, ToUnicode.OfBytes((byte)' ', " ").Span);
        body.Clear();
        body.Add("<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</space "u8).AddReference(glyph)
            .Add(">>/Encoding<</Type/Encoding/Differences[32/space]>>/FirstChar 32/LastChar 32/Resources<<>>/Widths["u8).Add(units)
            .Add("]/ToUnicode "u8).AddReference(characters).Add(">>"u8);
        objects.WriteObject(space, body.Span);
    }
}
