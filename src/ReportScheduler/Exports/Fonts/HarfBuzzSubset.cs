using System.Runtime.InteropServices;

namespace ReportScheduler.Exports.Fonts;

/// <summary>The part of HarfBuzz that cuts a font down to some characters; HarfBuzzSharp ships it in its native library but has no class for it.</summary>
/// <remarks>https://harfbuzz.github.io/harfbuzz-hb-subset.html, https://harfbuzz.github.io/harfbuzz-hb-set.html</remarks>
internal static partial class HarfBuzzSubset
{
    private const string Library = "libHarfBuzzSharp";
    private const uint NoHinting = 0x1;
    private const uint KeepBoxOfMissingCharacters = 0x40;
    private const uint NoAlternates = 0x200;
    private const uint NoCharacter = uint.MaxValue;

    /// <summary>A font file with only these characters, and the shapes they take together if these are kept.</summary>
    /// <returns>null when HarfBuzz cannot read the font.</returns>
    public static byte[]? Cut(nint face, bool keepAlternates, IEnumerable<int> characters)
    {
        var input = hb_subset_input_create_or_fail();
        try
        {
            hb_subset_input_set_flags(input, NoHinting | KeepBoxOfMissingCharacters | (keepAlternates ? 0 : NoAlternates));
            var wanted = hb_subset_input_unicode_set(input);
            foreach (var character in characters)
            {
                hb_set_add(wanted, (uint)character);
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

    private static byte[] Bytes(nint face)
    {
        var blob = hb_face_reference_blob(face);
        try
        {
            var data = hb_blob_get_data(blob, out var length);
            var bytes = new byte[length];
            Marshal.Copy(data, bytes, 0, bytes.Length);
            return bytes;
        }
        finally
        {
            hb_blob_destroy(blob);
            hb_face_destroy(face);
        }
    }

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_create_or_fail();

    [LibraryImport(Library)]
    private static partial void hb_subset_input_destroy(nint input);

    [LibraryImport(Library)]
    private static partial void hb_subset_input_set_flags(nint input, uint flags);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_unicode_set(nint input);

    [LibraryImport(Library)]
    private static partial nint hb_subset_or_fail(nint source, nint input);

    [LibraryImport(Library)]
    private static partial nint hb_set_create();

    [LibraryImport(Library)]
    private static partial void hb_set_destroy(nint set);

    [LibraryImport(Library)]
    private static partial void hb_set_add(nint set, uint character);

    [LibraryImport(Library)]
    private static partial int hb_set_next(nint set, ref uint character);

    [LibraryImport(Library)]
    private static partial void hb_face_collect_unicodes(nint face, nint set);

    [LibraryImport(Library)]
    private static partial nint hb_face_reference_blob(nint face);

    [LibraryImport(Library)]
    private static partial void hb_face_destroy(nint face);

    [LibraryImport(Library)]
    private static partial nint hb_blob_get_data(nint blob, out uint length);

    [LibraryImport(Library)]
    private static partial void hb_blob_destroy(nint blob);
}
