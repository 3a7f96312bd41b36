using System.Buffers.Binary;
using HarfBuzzSharp;
using SkiaSharp;

namespace ReportScheduler.Exports.Fonts;

/// <summary>One face of a font: its glyphs and their widths, for HarfBuzz to shape, for
/// a PDF to take in and for Skia to draw into pictures.</summary>
internal sealed class FontFace : IDisposable
{
    /// <summary>How all text is shaped: with digits of one width.</summary>
    public static readonly Feature[] Features = [Feature.Parse("tnum")];

    private readonly Blob blob;
    private readonly Face face;
    private readonly Dictionary<int, (ushort Glyph, int Units)> glyphs = [];
    private readonly Lazy<SKTypeface?> typeface;
    private readonly GCHandleOwner? memory;

    private FontFace(Blob blob, Func<SKTypeface?> typeface, bool isEmboldened, GCHandleOwner? memory)
    {
        this.blob = blob;
        this.memory = memory;
        this.typeface = new Lazy<SKTypeface?>(typeface);
        IsEmboldened = isEmboldened;
        face = new Face(blob, 0);
        Shaper = new HarfBuzzSharp.Font(face);
        Shaper.SetFunctionsOpenType();
        UnitsPerEm = face.UnitsPerEm;
        IsPostScript = Has("CFF ");
        IsOfCollection = IsPostScript && PostScriptTable.IsOfCollection(HarfBuzzSubset.Table(face.Handle, "CFF "));
        IsPictures = Has("CBDT") || Has("sbix") || Has("COLR") || (Has("SVG ") && !Has("glyf"));
    }

    /// <summary>For pictures only: Skia is not loaded without one.</summary>
    public SKTypeface? Typeface => typeface.Value;

    public HarfBuzzSharp.Font Shaper { get; }

    public int UnitsPerEm { get; }

    /// <summary>Whether its letters are drawn thicker than they are.</summary>
    public bool IsEmboldened { get; }

    /// <summary>Its name among programs.</summary>
    public string Name => HarfBuzzSubset.Name(face.Handle);

    /// <summary>Whether its glyphs are pictures, as emoji are.</summary>
    public bool IsPictures { get; }

    /// <summary>Whether its outlines are those of PostScript.</summary>
    public bool IsPostScript { get; }

    /// <summary>Whether its glyphs have numbers of their own in a collection of characters, as those of large fonts for Chinese.</summary>
    public bool IsOfCollection { get; }

    private bool IsUsable => face.GlyphCount > 0 && (Has("glyf") || IsPostScript || IsPictures);

    /// <summary>The first face of a font file; null when it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="embolden">Whether its letters are drawn thicker than they are.</param>
    public static FontFace? Open(string path, bool embolden) =>
        Checked(new FontFace(Blob.FromFile(path), () => SKTypeface.FromFile(path), embolden, null));

    public static FontFace? Open(byte[] font)
    {
        var memory = new GCHandleOwner(font);
        return Checked(new FontFace(new Blob(memory.Address, font.Length, MemoryMode.ReadOnly),
            () => SKTypeface.FromData(SKData.CreateCopy(font)), false, memory));
    }

    /// <summary>The glyph of a character, 0 when the face has none, and how far it moves on, in em.</summary>
    public (ushort Glyph, float Advance) Find(int character)
    {
        var (glyph, units) = FindUnits(character);
        return (glyph, units / (float)UnitsPerEm);
    }

    /// <summary>The glyph of a character, 0 when the face has none, and how far it moves on, in units of the font.</summary>
    public (ushort Glyph, int Units) FindUnits(int character)
    {
        if (!glyphs.TryGetValue(character, out var found))
        {
            found = character is >= '0' and <= '9' ? TabularDigit(character)
                : Shaper.TryGetNominalGlyph(character, out var glyph) ? ((ushort)glyph, Advance((ushort)glyph)) : (default, Advance(0));
            glyphs[character] = found;
        }

        return found;
    }

    /// <summary>How far a glyph moves on, in units of the font.</summary>
    public int Advance(ushort glyph) => Shaper.GetHorizontalGlyphAdvance(glyph);

    /// <summary>A font file with only these glyphs, which keep their numbers, or those of
    /// their collection; null when the font cannot be cut.</summary>
    public byte[]? Cut(IEnumerable<ushort> wanted) => HarfBuzzSubset.Cut(face.Handle, wanted, keepNumbers: !IsOfCollection);

    /// <summary>The bytes of a table; empty when there is none.</summary>
    public byte[] Table(string tag) => HarfBuzzSubset.Table(face.Handle, tag);

    /// <summary>The bytes of a table of a font file.</summary>
    public static byte[] TableOf(byte[] font, string tag)
    {
        using var opened = Open(font);
        return opened?.Table(tag) ?? [];
    }

    /// <summary>A 16-bit number of a table; 0 when the table is too short.</summary>
    public int Number(string tag, int offset) =>
        Table(tag) is var table && table.Length >= offset + 2 ? BinaryPrimitives.ReadInt16BigEndian(table.AsSpan(offset)) : 0;

    /// <summary>A font for pictures whose widths are those of the face, not rounded to whole pixels.</summary>
    public SKFont OfSize(float size) =>
        new(Typeface, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None, Embolden = IsEmboldened };

    public void Dispose()
    {
        Shaper.Dispose();
        face.Dispose();
        blob.Dispose();
        memory?.Dispose();
        if (typeface.IsValueCreated)
        {
            typeface.Value?.Dispose();
        }
    }

    /// <summary>The digit that is as wide as the others, where the font has it, so that digits stand below each other.</summary>
    private (ushort Glyph, int Units) TabularDigit(int digit)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf8([(byte)digit]);
        buffer.GuessSegmentProperties();
        Shaper.Shape(buffer, Features);
        var glyph = (ushort)buffer.GetGlyphInfoSpan()[0].Codepoint;
        return (glyph, Advance(glyph));
    }

    private static FontFace? Checked(FontFace opened)
    {
        if (opened.IsUsable)
        {
            return opened;
        }

        opened.Dispose();
        return null;
    }

    private bool Has(string table) => HarfBuzzSubset.Has(face.Handle, table);
}
