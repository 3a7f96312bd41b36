namespace ReportScheduler.Exports.PdfFile;

/// <summary>The table that says what the codes of a font are copied as.</summary>
/// <remarks>ISO 32000-1, 9.10.3.</remarks>
internal static class ToUnicode
{
    private const int MostOfBlock = 100;

    /// <summary>The table of a font with one code of one byte.</summary>
    public static PdfBytes OfBytes(byte code, string text) => new PdfBytes()
        .Add(
            "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName/One def\n/CMapType 2 def\n1 begincodespacerange\n<00><FF>\nendcodespacerange\n1 beginbfchar\n<"u8)
        .Add(Convert.ToHexString([code]) is var hex ? System.Text.Encoding.ASCII.GetBytes(hex) : []).Add("><"u8).AddUtf16(text)
        .Add(">\nendbfchar\nendcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"u8);

    /// <summary>The table of a font.</summary>
    /// <param name="codes">Its codes, and what each is copied as.</param>
    /// <param name="isOfGlyphs">Whether the codes are the numbers of glyphs.</param>
    public static PdfBytes Of(IEnumerable<(ushort Code, string Text)> codes, bool isOfGlyphs)
    {
        var map = new PdfBytes();
        map.Add(
            "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"u8)
            .Add("/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"u8);
        if (isOfGlyphs)
        {
            map.Add("1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"u8);
        }
        else
        {
            CodeMap.AddSpace(map);
        }

        foreach (var block in codes.Where(entry => entry.Text.Length > 0).Chunk(MostOfBlock))
        {
            map.Add(block.Length).Add(" beginbfchar\n"u8);
            foreach (var (code, text) in block)
            {
                map.Add((byte)'<');
                map = isOfGlyphs || !CodeMap.IsSingle(code) ? map.AddHex(code) : map.AddHex((byte)code);
                map.Add("><"u8).AddUtf16(text).Add(">\n"u8);
            }

            map.Add("endbfchar\n"u8);
        }

        return map.Add("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"u8);
    }
}
