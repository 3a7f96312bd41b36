namespace ReportScheduler.Exports.Fonts;

/// <summary>The fonts of one document in one weight: Inter, and what the system has for characters Inter lacks.</summary>
internal sealed class FontSet : IDisposable
{
    private readonly FontFace main;
    private readonly bool isBold;
    private readonly SystemFonts system;
    private readonly Dictionary<string, FontFace?> opened = [];
    private readonly Dictionary<int, FontFace> faces = [];
    private readonly PlainGlyph[]?[] plain = new PlainGlyph[]?[256];

    private FontSet(FontFace main, bool isBold, SystemFonts system)
    {
        this.main = main;
        this.isBold = isBold;
        this.system = system;
    }

    /// <summary>The characters that no font has; they are drawn as a box.</summary>
    public SortedSet<int> Missing { get; } = [];

    public FontFace Main => main;

    /// <summary>Whether it is the family that was asked for.</summary>
    public bool HasFamily { get; private init; }

    /// <summary>The font of a family that is on this computer and may be embedded; else
    /// Inter. The system's fonts stand behind it.</summary>
    /// <param name="bold">Which weight.</param>
    /// <param name="system">The fonts of this computer.</param>
    /// <param name="family">The family; null for Inter.</param>
    public static FontSet Open(bool bold, SystemFonts system, string? family = null)
    {
        if (family is not null && system.Family(family, bold) is var (path, embolden) && FontFace.Open(path, embolden) is { } face)
        {
            return new FontSet(face, bold, system) { HasFamily = true };
        }

        using var resource = typeof(FontSet).Assembly.GetManifestResourceStream(bold ? "Inter-Bold.ttf" : "Inter-Regular.ttf")!;
        var font = new byte[resource.Length];
        resource.ReadExactly(font);
        return new FontSet(FontFace.Open(font)!, bold, system);
    }

    /// <summary>The glyph of a character that stands alone; false for one that needs shaping or another face.</summary>
    public bool TryPlain(char character, out ushort glyph, out float advance)
    {
        ref readonly var entry = ref Plain(character);
        glyph = entry.Glyph;
        advance = entry.Advance;
        return entry.Glyph != 0;
    }

    /// <summary>The face that has a character; Inter, which draws a box, when none has.</summary>
    public FontFace FaceOf(int character)
    {
        if (!faces.TryGetValue(character, out var face))
        {
            face = Choose(character);
            faces.Add(character, face);
        }

        return face;
    }

    /// <summary>How wide a line is, in em.</summary>
    public float Measure(ReadOnlySpan<char> line)
    {
        var width = 0f;
        foreach (var character in line)
        {
            ref readonly var entry = ref Plain(character);
            if (entry.Glyph == 0)
            {
                return ShapedLine.Of(line, this).Width;
            }

            width += entry.Advance;
        }

        return width;
    }

    public void Dispose()
    {
        main.Dispose();
        foreach (var face in opened.Values)
        {
            face?.Dispose();
        }
    }

    private ref readonly PlainGlyph Plain(char character)
    {
        var page = plain[character >> 8] ??= new PlainGlyph[256];
        ref var entry = ref page[character & 0xFF];
        if (!entry.Known)
        {
            entry = LookUp(character);
        }

        return ref entry;
    }

    private PlainGlyph LookUp(char character)
    {
        if (Scripts.NeedsShaping(character) || FaceOf(character) != main)
        {
            return new PlainGlyph { Known = true };
        }

        var (glyph, advance) = main.Find(character);
        return new PlainGlyph { Known = true, Glyph = glyph, Advance = advance };
    }

    private FontFace Choose(int character)
    {
        if (Scripts.IsPrivate(character))
        {
            Missing.Add(character);
            return main;
        }

        if (main.Find(character).Glyph != 0 || Scripts.IsInvisible(character))
        {
            return main;
        }

        if (system.Find(character, isBold) is var (file, embolden))
        {
            if (!opened.TryGetValue(file, out var face))
            {
                face = FontFace.Open(file, embolden);
                opened.Add(file, face);
            }

            if (face is not null)
            {
                return face;
            }
        }

        Missing.Add(character);
        return main;
    }

    private struct PlainGlyph
    {
        public bool Known;
        public ushort Glyph;
        public float Advance;
    }
}
