using System.Collections.Concurrent;
using HarfBuzzSharp;
using SkiaSharp;

namespace ReportScheduler.Exports.Fonts;

/// <summary>One face of a font: its glyphs and their widths, for Skia to draw and HarfBuzz to shape.</summary>
internal sealed class FontFace : IDisposable
{
    private readonly SKData data;
    private readonly Blob blob;
    private readonly Face face;

    // A face that cannot be cut is shared by the threads that draw.
    private readonly ConcurrentDictionary<int, (ushort Glyph, float Advance)> glyphs = [];

    private readonly bool embolden;

    private FontFace(SKData data, SKTypeface typeface, bool embolden)
    {
        this.data = data;
        this.embolden = embolden;
        Typeface = typeface;
        blob = new Blob(data.Data, (int)data.Size, MemoryMode.ReadOnly);
        face = new Face(blob, 0);
        Shaper = new HarfBuzzSharp.Font(face);
        Shaper.SetFunctionsOpenType();
        UnitsPerEm = face.UnitsPerEm;
    }

    public SKTypeface Typeface { get; }

    public HarfBuzzSharp.Font Shaper { get; }

    public int UnitsPerEm { get; }

    /// <summary>The first face of a font file; null when it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="embolden">Whether its letters are drawn thicker than they are.</param>
    public static FontFace? Open(string path, bool embolden) => Create(SKData.Create(path), embolden);

    public static FontFace? Open(byte[] font, bool embolden = false) => Create(SKData.CreateCopy(font), embolden);

    /// <summary>The glyph of a character, 0 when the face has none, and how far it moves on, in em.</summary>
    public (ushort Glyph, float Advance) Find(int character)
    {
        if (!glyphs.TryGetValue(character, out var found))
        {
            found = Shaper.TryGetNominalGlyph(character, out var glyph)
                ? ((ushort)glyph, Shaper.GetHorizontalGlyphAdvance(glyph) / (float)UnitsPerEm)
                : (default, Shaper.GetHorizontalGlyphAdvance(0) / (float)UnitsPerEm);
            glyphs[character] = found;
        }

        return found;
    }

    /// <summary>The same face with only these characters; itself when it cannot be cut.</summary>
    /// <param name="keepAlternates">Whether the shapes stay that shaping puts in their place, as in Arabic.</param>
    /// <param name="characters">The characters.</param>
    public FontFace Subset(bool keepAlternates, IEnumerable<int> characters) =>
        HarfBuzzSubset.Cut(face.Handle, keepAlternates, characters) is { } font && Open(font, embolden) is { } subset ? subset : this;

    /// <summary>A font for drawing whose widths are those of the face, not rounded to whole points.</summary>
    public SKFont OfSize(float size) =>
        new(Typeface, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None, Embolden = embolden };

    public void Dispose()
    {
        Shaper.Dispose();
        face.Dispose();
        blob.Dispose();
        Typeface.Dispose();
        data.Dispose();
    }

    private static FontFace? Create(SKData? data, bool embolden)
    {
        if (data is null)
        {
            return null;
        }

        if (SKTypeface.FromData(data) is { } typeface)
        {
            return new FontFace(data, typeface, embolden);
        }

        data.Dispose();
        return null;
    }
}
