namespace ReportScheduler.Exports.Fonts;

/// <summary>Reads as much of a table of PostScript outlines as has to be known to put it into a PDF.</summary>
/// <remarks>Adobe Technical Note 5176, "The Compact Font Format Specification".</remarks>
internal static class PostScriptTable
{
    private const int Escape = 12;
    private const int Collection = 30;

    /// <summary>Whether the glyphs have numbers of a collection of characters: the operator for it is the first of the font.</summary>
    public static bool IsOfCollection(ReadOnlySpan<byte> table)
    {
        if (table.Length < 4)
        {
            return false;
        }

        var names = table[2];
        var start = Skip(table, names);
        var data = start + 3 + (2 * OffsetSize(table, start));
        for (var place = data; place < table.Length - 1;)
        {
            var value = table[place];
            switch (value)
            {
                case Escape: return table[place + 1] == Collection;
                case <= 21: return false;
                case 28: place += 3; break;
                case 29: place += 5; break;
                case 30: place = SkipReal(table, place + 1); break;
                default: place += value >= 247 ? 2 : 1; break;
            }
        }

        return false;
    }

    private static int OffsetSize(ReadOnlySpan<byte> table, int index) => table[index + 2];

    /// <summary>Where what follows an index begins.</summary>
    private static int Skip(ReadOnlySpan<byte> table, int index)
    {
        var count = (table[index] << 8) | table[index + 1];
        if (count == 0)
        {
            return index + 2;
        }

        var size = OffsetSize(table, index);
        var last = 0;
        for (var place = 0; place < size; place++)
        {
            last = (last << 8) | table[index + 3 + (count * size) + place];
        }

        return index + 3 + ((count + 1) * size) + last - 1;
    }

    private static int SkipReal(ReadOnlySpan<byte> table, int place)
    {
        while (place < table.Length && (table[place] & 0xF) != 0xF)
        {
            place++;
        }

        return place + 1;
    }
}
