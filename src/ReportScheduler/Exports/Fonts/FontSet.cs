using System.Text;

namespace ReportScheduler.Exports.Fonts;

/// <summary>The fonts of one document in one weight: Inter, and what the system has for characters Inter lacks.</summary>
/// <remarks>It remembers every character that was asked for, so that <see cref="Subset"/> knows what to keep.</remarks>
internal sealed class FontSet : IDisposable
{
    private const char Replacement = '\uFFFD';
    private readonly FontFace main;
    private readonly bool isBold;
    private readonly SystemFonts? system;
    private readonly Dictionary<string, FontFace> opened;
    private readonly Dictionary<int, FontFace> faces;
    private readonly PlainGlyph[]?[] plain = new PlainGlyph[]?[256];
    private readonly List<FontFace> owned;
    private readonly Dictionary<FontFace, HashSet<int>> related = [];

    private FontSet(FontFace main, bool isBold, SystemFonts? system, Dictionary<int, FontFace> faces, List<FontFace> owned)
    {
        this.main = main;
        this.isBold = isBold;
        this.system = system;
        this.faces = faces;
        this.owned = owned;
        opened = [];
    }

    /// <summary>The characters that no font has; they are drawn as a box.</summary>
    public SortedSet<int> Missing { get; } = [];

    public FontFace Main => main;

    /// <summary>Inter in full, with the system's fonts behind it.</summary>
    public static FontSet Open(bool bold, SystemFonts system)
    {
        using var resource = typeof(FontSet).Assembly.GetManifestResourceStream(bold ? "Inter-Bold.ttf" : "Inter-Regular.ttf")!;
        var font = new byte[resource.Length];
        resource.ReadExactly(font);
        var main = FontFace.Open(font)!;
        return new FontSet(main, bold, system, [], [main]);
    }

    /// <summary>The same fonts with only the characters that were asked for.</summary>
    public FontSet Subset()
    {
        var cut = new Dictionary<FontFace, FontFace>();
        foreach (var group in faces.GroupBy(pair => pair.Value, pair => pair.Key))
        {
            cut[group.Key] = group.Key.Subset(keepAlternates: group.Key != main, WithRelated(group.Except(Missing).Concat(related.GetValueOrDefault(group.Key) ?? [])));
        }

        if (!cut.TryGetValue(main, out var inter))
        {
            inter = cut[main] = main.Subset(keepAlternates: false, [' ']);
        }

        var mapped = faces.ToDictionary(pair => pair.Key, pair => cut[pair.Value]);
        return new FontSet(inter, isBold, null, mapped, [.. cut.Where(pair => pair.Key != pair.Value).Select(pair => pair.Value)]);
    }

    /// <summary>The glyph of a character that stands alone; false for one that needs shaping or another face.</summary>
    public bool TryPlain(char character, out ushort glyph, out float advance)
    {
        var page = plain[character >> 8] ??= new PlainGlyph[256];
        ref var entry = ref page[character & 0xFF];
        if (!entry.Known)
        {
            entry = LookUp(character);
        }

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

    /// <summary>Notes that a mark is drawn with the face of the character that carries it.</summary>
    public FontFace Assign(int character, FontFace face)
    {
        if (system is not null)
        {
            (related.TryGetValue(face, out var marks) ? marks : related[face] = []).Add(character);
        }

        return face;
    }

    /// <summary>How wide a line is, in em.</summary>
    public float Measure(ReadOnlySpan<char> line)
    {
        var width = 0f;
        foreach (var character in line)
        {
            if (!TryPlain(character, out _, out var advance))
            {
                return ShapedLine.Of(line, this).Width;
            }

            width += advance;
        }

        return width;
    }

    public void Dispose() => owned.ForEach(face => face.Dispose());

    /// <summary>What shaping may turn the characters into: their parts, their composed form, joiners and the dotted circle.</summary>
    private static HashSet<int> WithRelated(IEnumerable<int> characters)
    {
        HashSet<int> all = [' ', '-', 0x25CC, 0x200C, 0x200D, Replacement];
        foreach (var character in characters)
        {
            all.Add(character);
            // a bracket is drawn as its mirror image in text that runs right to left
            all.Add(HarfBuzzSharp.UnicodeFunctions.Default.GetMirroring(character));
            if (Rune.IsValid(character))
            {
                var text = new Rune(character).ToString();
                foreach (var form in (ReadOnlySpan<NormalizationForm>)[NormalizationForm.FormC, NormalizationForm.FormD, NormalizationForm.FormKD])
                {
                    all.UnionWith(text.Normalize(form).EnumerateRunes().Select(rune => rune.Value));
                }
            }
        }

        return all;
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

        if (system?.Find(character, isBold) is var (file, embolden))
        {
            if (opened.TryGetValue(file, out var face))
            {
                return face;
            }

            if (FontFace.Open(file, embolden) is { } fresh)
            {
                opened.Add(file, fresh);
                owned.Add(fresh);
                return fresh;
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
