using System.Globalization;
using System.Security.Cryptography;
using ReportScheduler.Exports.Fonts;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>A face in a PDF: a code for each glyph and what it stands for, in the
/// order of use; cut to those and written at the end.</summary>
/// <remarks>
/// ISO 32000-1, 9.7: a composite font. A glyph that stands for two texts has two codes, so that every code can be copied as what it is.
/// Letters of ASCII are their own codes, of one byte, as <see cref="CodeMap"/> says. No code has a byte that would have to be escaped. In
/// fonts with outlines of PostScript the code is the number of the glyph, in two bytes (Identity-H).
/// </remarks>
internal sealed class PdfFont(PdfObjects objects, FontFace face, CodeMap codeMap)
{
    private readonly Dictionary<(ushort Glyph, string Text), ushort> codes = [];
    private readonly List<(ushort Glyph, string Text)?> entries = [.. Enumerable.Repeat<(ushort, string)?>(null, CodeMap.SingleBytes)];
    private readonly SortedDictionary<ushort, string> texts = [];

    public FontFace Face => face;

    public int Number { get; } = objects.Reserve();

    /// <summary>What the dictionary of a page calls it.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"F{Number}");

    /// <summary>The code of a glyph that stands for a text.</summary>
    public ushort CodeOf(ushort glyph, string text)
    {
        if (face.IsPostScript)
        {
            texts.TryAdd(glyph, text);
            return glyph;
        }

        if (!codes.TryGetValue((glyph, text), out var code))
        {
            code = NewCode(text);
            entries[CodeMap.PlaceOf(code)] = (glyph, text);
            codes.Add((glyph, text), code);
        }

        return code;
    }

    /// <summary>What a code is copied as.</summary>
    public string TextOf(ushort code) => face.IsPostScript ? texts[code] : entries[CodeMap.PlaceOf(code)]!.Value.Text;

    /// <summary>Writes the font, once all text has been set.</summary>
    public void Write()
    {
        List<(ushort Code, ushort Glyph, string Text)> used = face.IsPostScript
            ? [.. texts.Select(pair => (pair.Key, pair.Key, pair.Value))]
            : [.. entries.Select((entry, place) => (Code: CodeMap.CodeOf(place), Entry: entry)).Where(pair => pair.Entry is not null)
                .Select(pair => (pair.Code, pair.Entry!.Value.Glyph, pair.Entry.Value.Text))];
        var cut = face.Cut(used.Select(entry => entry.Glyph));
        var name = NameOf(used);
        var (descendant, descriptor, file, map, characters) =
            (objects.Reserve(), objects.Reserve(), objects.Reserve(), objects.Reserve(), objects.Reserve());
        var body = new PdfBytes();
        body.Add("<</Type/Font/Subtype/Type0/Encoding"u8);
        codeMap.AddName(body, face.IsPostScript, entries.Count);
        body.Add("/BaseFont"u8).AddName(name).Add("/DescendantFonts["u8)
            .AddReference(descendant)
            .Add("]/ToUnicode "u8).AddReference(characters).Add(">>"u8);
        objects.WriteObject(Number, body.Span);
        objects.WriteStream(characters, default, ToUnicode.Of(used.Select(entry => (entry.Code, entry.Text)), face.IsPostScript).Span);

        body.Clear();
        body.Add("<</Type/Font/Subtype/"u8).Add(face.IsPostScript ? "CIDFontType0"u8 : "CIDFontType2"u8).Add("/BaseFont"u8).AddName(name)
            .Add("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor "u8).AddReference(descriptor)
            .Add("/DW 0/W["u8);
        AddWidths(body, used);
        body.Add((byte)']');
        if (!face.IsPostScript)
        {
            body.Add("/CIDToGIDMap "u8).AddReference(map);
        }

        objects.WriteObject(descendant, body.Add(">>"u8).Span);
        objects.WriteObject(descriptor, Descriptor(name, file).Span);
        WriteFile(file, cut);
        WriteMap(map);
    }

    private ushort NewCode(string text)
    {
        if (text is [> ' ' and < '\x7F' or ' '] && !IsEscaped((byte)text[0]) && entries[text[0]] is null)
        {
            return text[0];
        }

        while (IsEscaped((byte)CodeMap.CodeOf(entries.Count)))
        {
            entries.Add(null);
        }

        entries.Add(null);
        return CodeMap.CodeOf(entries.Count - 1);
    }

    private static bool IsEscaped(byte part) => part is (byte)'(' or (byte)')' or (byte)'\\' or (byte)'\r' or (byte)'\n';

    private void AddWidths(PdfBytes body, List<(ushort Code, ushort Glyph, string Text)> used)
    {
        var expected = -1;
        foreach (var (code, glyph, _) in used)
        {
            var character = face.IsPostScript ? code : CodeMap.PlaceOf(code);
            if (character != expected)
            {
                body.Add(expected < 0 ? ""u8 : "]"u8).Add(expected < 0 ? ""u8 : " "u8).Add(character).Add((byte)'[');
            }
            else
            {
                body.Add((byte)' ');
            }

            body.Add(face.Advance(glyph) * 1000f / face.UnitsPerEm);
            expected = character + 1;
        }

        body.Add(expected < 0 ? ""u8 : "]"u8);
    }

    private PdfBytes Descriptor(string name, int file)
    {
        int Scaled(int units) => (int)Math.Round(units * 1000.0 / face.UnitsPerEm);
        var (ascent, descent) = (Scaled(face.Number("hhea", 4)), Scaled(face.Number("hhea", 6)));
        var body = new PdfBytes();
        body.Add("<</Type/FontDescriptor/FontName"u8).AddName(name).Add("/Flags 4/ItalicAngle 0/StemV 80/FontBBox["u8);
        for (var side = 0; side < 4; side++)
        {
            body.Add(side == 0 ? ""u8 : " "u8).Add(Scaled(face.Number("head", 36 + (2 * side))));
        }

        return body.Add("]/Ascent "u8).Add(ascent).Add("/Descent "u8).Add(descent).Add("/CapHeight "u8).Add(ascent)
            .Add(face.IsPostScript ? "/FontFile3 "u8 : "/FontFile2 "u8).AddReference(file).Add(">>"u8);
    }

    private void WriteFile(int number, byte[]? cut)
    {
        var entries = new PdfBytes();
        if (face.IsPostScript)
        {
            objects.WriteStream(number, "/Subtype/CIDFontType0C"u8, cut is null ? [] : FontFace.TableOf(cut, "CFF "));
            return;
        }

        entries.Add("/Length1 "u8).Add(cut?.Length ?? 0);
        objects.WriteStream(number, entries.Span, cut);
    }

    /// <summary>The glyph of each character, as <see cref="CodeMap"/> numbers them.</summary>
    private void WriteMap(int number)
    {
        if (face.IsPostScript)
        {
            objects.GiveBack(number, 1);
            return;
        }

        var map = new PdfBytes();
        foreach (var entry in entries)
        {
            map.Add((byte)((entry?.Glyph ?? 0) >> 8)).Add((byte)(entry?.Glyph ?? 0));
        }

        objects.WriteStream(number, default, map.Span);
    }

    /// <summary>A font that was cut has six letters before its name; these come from what is in it.</summary>
    private string NameOf(List<(ushort Code, ushort Glyph, string Text)> used)
    {
        var hash = SHA256.HashData(System.Text.Encoding.Unicode.GetBytes(string.Concat(used.Select(entry => (char)entry.Glyph))));
        return $"{string.Concat(hash.Take(6).Select(part => (char)('A' + (part % 26))))}+{face.Name}";
    }
}
