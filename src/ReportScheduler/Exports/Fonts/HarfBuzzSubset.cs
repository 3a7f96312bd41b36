using System.Runtime.InteropServices;
using System.Text;

namespace ReportScheduler.Exports.Fonts;

/// <summary>What HarfBuzz can do and HarfBuzzSharp has no class for, although its native library
/// exports it: cutting a font down to some glyphs, its characters, its name.</summary>
/// <remarks>https://harfbuzz.github.io/harfbuzz-hb-subset.html, https://harfbuzz.github.io/harfbuzz-hb-set.html</remarks>
internal static partial class HarfBuzzSubset
{
    private const string Library = "libHarfBuzzSharp";
    private const uint NoHinting = 0x1;
    private const uint KeepNumbers = 0x2;
    private const uint KeepBoxOfMissingCharacters = 0x40;
    private const uint NoRelatedGlyphs = 0x200;
    private const int TablesToDrop = 3;
    private const uint PostScriptName = 6;
    private const uint NoCharacter = uint.MaxValue;

    /// <summary>What a PDF does not read: it has its own table of characters, and text is shaped before.</summary>
    private static readonly string[] Unread =
        ["cmap", "name", "post", "OS/2", "GSUB", "GPOS", "GDEF", "STAT", "gasp", "kern", "fvar", "gvar", "avar", "HVAR", "MVAR", "cvar",
            "VORG", "vhea", "vmtx", "BASE", "DSIG", "meta", "MATH", "COLR", "CPAL"];

    /// <summary>A font file with only these glyphs.</summary>
    /// <param name="face">The font.</param>
    /// <param name="glyphs">Their numbers.</param>
    /// <param name="keepNumbers">Whether they keep their numbers, or move up to the front.</param>
    /// <returns>null when HarfBuzz cannot read the font.</returns>
    public static byte[]? Cut(nint face, IEnumerable<ushort> glyphs, bool keepNumbers)
    {
        var input = hb_subset_input_create_or_fail();
        try
        {
            hb_subset_input_set_flags(input, NoHinting | (keepNumbers ? KeepNumbers : 0) | KeepBoxOfMissingCharacters | NoRelatedGlyphs);
            // it fails for fonts without axes, which have nothing to pin
            _ = hb_subset_input_pin_all_axes_to_default(input, face);
            var wanted = hb_subset_input_glyph_set(input);
            foreach (var glyph in glyphs)
            {
                hb_set_add(wanted, glyph);
            }

            var dropped = hb_subset_input_set(input, TablesToDrop);
            foreach (var table in Unread)
            {
                hb_set_add(dropped, Tag(table));
            }

            var subset = hb_subset_or_fail(face, input);
            return subset == 0 ? null : Bytes(subset);
        }
        finally
        {
            hb_subset_input_destroy(input);
        }
    }

    /// <summary>Every character a font has a glyph for.</summary>
    public static IEnumerable<int> Characters(nint face)
    {
        var all = hb_set_create();
        try
        {
            hb_face_collect_unicodes(face, all);
            for (var character = NoCharacter; hb_set_next(all, ref character) != 0;)
            {
                yield return (int)character;
            }
        }
        finally
        {
            hb_set_destroy(all);
        }
    }

    /// <summary>Whether a font has a table.</summary>
    public static bool Has(nint face, string tag)
    {
        var blob = hb_face_reference_table(face, Tag(tag));
        var length = hb_blob_get_length(blob);
        hb_blob_destroy(blob);
        return length > 0;
    }

    /// <summary>The bytes of a table of a font; empty when it has none.</summary>
    public static byte[] Table(nint face, string tag) => Data(hb_face_reference_table(face, Tag(tag)));

    /// <summary>The name of a face among programs; empty when it has none.</summary>
    public static string Name(nint face)
    {
        var name = new byte[128];
        var size = (uint)name.Length;
        hb_ot_name_get_utf8(face, PostScriptName, 0, ref size, name);
        return Encoding.UTF8.GetString(name, 0, (int)Math.Min(size, name.Length - 1));
    }

    private static uint Tag(string name) => ((uint)name[0] << 24) | ((uint)name[1] << 16) | ((uint)name[2] << 8) | name[3];

    private static byte[] Bytes(nint face)
    {
        try
        {
            return Data(hb_face_reference_blob(face));
        }
        finally
        {
            hb_face_destroy(face);
        }
    }

    private static byte[] Data(nint blob)
    {
        try
        {
            var data = hb_blob_get_data(blob, out var length);
            var bytes = new byte[length];
            if (length > 0)
            {
                Marshal.Copy(data, bytes, 0, bytes.Length);
            }

            return bytes;
        }
        finally
        {
            hb_blob_destroy(blob);
        }
    }

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_create_or_fail();

    [LibraryImport(Library)]
    private static partial void hb_subset_input_destroy(nint input);

    [LibraryImport(Library)]
    private static partial void hb_subset_input_set_flags(nint input, uint flags);

    [LibraryImport(Library)]
    private static partial int hb_subset_input_pin_all_axes_to_default(nint input, nint face);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_glyph_set(nint input);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_set(nint input, int kind);

    [LibraryImport(Library)]
    private static partial nint hb_subset_or_fail(nint source, nint input);

    [LibraryImport(Library)]
    private static partial nint hb_set_create();

    [LibraryImport(Library)]
    private static partial void hb_set_destroy(nint set);

    [LibraryImport(Library)]
    private static partial void hb_set_add(nint set, uint value);

    [LibraryImport(Library)]
    private static partial int hb_set_next(nint set, ref uint value);

    [LibraryImport(Library)]
    private static partial void hb_face_collect_unicodes(nint face, nint set);

    [LibraryImport(Library)]
    private static partial nint hb_face_reference_blob(nint face);

    [LibraryImport(Library)]
    private static partial nint hb_face_reference_table(nint face, uint tag);

    [LibraryImport(Library)]
    private static partial void hb_face_destroy(nint face);

    [LibraryImport(Library)]
    private static partial uint hb_ot_name_get_utf8(nint face, uint name, nint language, ref uint size, [Out] byte[] text);

    [LibraryImport(Library)]
    private static partial uint hb_blob_get_length(nint blob);

    [LibraryImport(Library)]
    private static partial nint hb_blob_get_data(nint blob, out uint length);

    [LibraryImport(Library)]
    private static partial void hb_blob_destroy(nint blob);
}
