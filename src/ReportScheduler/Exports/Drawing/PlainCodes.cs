using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Drawing;

/// <summary>The codes of characters that stand alone, each looked up once.</summary>
internal sealed class PlainCodes(FontSet fonts, PdfFont font)
{
    private readonly Entry[]?[] pages = new Entry[]?[256];

    public PdfFont Font => font;

    public int UnitsPerEm => font.Face.UnitsPerEm;

    /// <summary>The codes of a text, and how wide it is in units of the font; false when a
    /// part of it has to be shaped, or is in another font.</summary>
    public bool TryTake(ReadOnlySpan<char> text, Span<ushort> codes, out int units)
    {
        units = 0;
        for (var place = 0; place < text.Length; place++)
        {
            var character = text[place];
            var page = pages[character >> 8] ??= new Entry[256];
            ref var entry = ref page[character & 0xFF];
            if (!entry.IsKnown)
            {
                entry = LookUp(character);
            }

            if (entry.Code == 0)
            {
                return false;
            }

            codes[place] = entry.Code;
            units += entry.Units;
        }

        return true;
    }

    private Entry LookUp(char character) => fonts.TryPlain(character, out var glyph, out _)
        ? new Entry(true, font.CodeOf(glyph, character.ToString()), font.Face.Advance(glyph))
        : new Entry(true, 0, 0);

    private readonly record struct Entry(bool IsKnown, ushort Code, int Units);
}
