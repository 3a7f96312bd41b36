using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>What the codes of a text are in the fonts of a document: one byte for ASCII, two for all else.</summary>
/// <remarks>
/// ISO 32000-1, 9.7.5. Most text of a report is ASCII: two bytes a code make a page a seventh longer. One map serves all fonts. The
/// character that a code stands for is its place in the font: the byte itself, or its rank among those of two bytes behind them.
/// </remarks>
internal sealed class CodeMap(PdfObjects objects)
{
    /// <summary>The codes of one byte.</summary>
    public const int SingleBytes = 0x80;

    private const int FirstOfTwo = 0x8000;
    private int? number;
    private int places = SingleBytes;

    /// <summary>The code of a place in a font.</summary>
    public static ushort CodeOf(int place) => checked((ushort)(place < SingleBytes ? place : place - SingleBytes + FirstOfTwo));

    /// <summary>The place of a code.</summary>
    public static int PlaceOf(ushort code) => IsSingle(code) ? code : code - FirstOfTwo + SingleBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSingle(ushort code) => code < SingleBytes;

    /// <summary>Adds what the dictionary of a font calls the map.</summary>
    /// <param name="body">The dictionary.</param>
    /// <param name="isOfGlyphs">Whether the codes are the numbers of glyphs.</param>
    /// <param name="used">How many places the font has.</param>
    public void AddName(PdfBytes body, bool isOfGlyphs, int used)
    {
        if (isOfGlyphs)
        {
            body.Add("/Identity-H"u8);
            return;
        }

        places = Math.Max(places, used);
        body.Add((byte)' ').AddReference(number ??= objects.Reserve());
    }

    /// <summary>Writes the map, if a font has named it.</summary>
    public void Write()
    {
        if (number is not { } own)
        {
            return;
        }

        var map = new PdfBytes();
        map.Add("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"u8)
            .Add("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>def\n/CMapName/Report def\n/CMapType 1 def\n"u8)
            .Add("/WMode 0 def\n"u8);
        AddSpace(map);
        AddRanges(map);
        map.Add("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"u8);
        objects.WriteStream(own,
            "/Type/CMap/CMapName/Report/WMode 0/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"u8, map.Span);
    }

    /// <summary>Says how long codes are.</summary>
    public static void AddSpace(PdfBytes map) => map.Add("2 begincodespacerange\n<00><7F>\n<8000><FFFF>\nendcodespacerange\n"u8);

    // a range may not go over from one first byte to the next, and a block has at most 100 ranges
    private void AddRanges(PdfBytes map)
    {
        map.Add("1 begincidrange\n<00><7F>0\nendcidrange\n"u8);
        foreach (var block in Enumerable.Range(FirstOfTwo >> 8, (places - SingleBytes + 0xFF) >> 8).Chunk(100))
        {
            map.Add(block.Length).Add(" begincidrange\n"u8);
            foreach (var first in block)
            {
                var code = (ushort)(first << 8);
                map.Add((byte)'<').AddHex(code).Add("><"u8).AddHex((ushort)(code | 0xFF)).Add((byte)'>').Add(PlaceOf(code))
                    .Add((byte)'\n');
            }

            map.Add("endcidrange\n"u8);
        }
    }
}
