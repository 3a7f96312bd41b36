using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReportScheduler.Exports.Excel;

/// <summary>The short texts that come again and again, kept once for the workbook.
/// Others stand in their cells, so that this stays small.</summary>
/// <remarks>Looked up for every text of a report: a table of our own, because a dictionary's methods pass the runtime's tiers,
/// which count before they optimise.</remarks>
/// <param name="limit">How many texts are kept; 0 for none.</param>
internal sealed class SharedTexts(int limit = SharedTexts.Limit)
{
    public const int Limit = 1 << 16;
    private const int MaxLength = 48;
    private const int FirstSlots = 1 << 10;
    private const ulong Factor = 0x9E3779B97F4A7C15;

    // Another one in each process, so that nobody can choose texts that meet in one slot.
    private readonly ulong seed = (uint)HashCode.Combine(limit) * Factor;
    private readonly List<(uint Hash, string Text)> texts = [];

    // The number of a text plus one, where its hash leads or behind it; at most half of them are taken.
    private int[] slots = new int[FirstSlots];
    private long uses;

    public int Count => texts.Count;

    /// <returns>The number of a text that is there already, or -1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(string text)
    {
        if (text.Length > MaxLength)
        {
            return -1;
        }

        var number = slots[SlotOf(Hash(text), text)] - 1;
        uses += number >= 0 ? 1 : 0;
        return number;
    }

    /// <returns>The text's number, or -1 when it stands in its cell.</returns>
    public int Add(string text)
    {
        if (Find(text) is >= 0 and var known)
        {
            return known;
        }

        if (text.Length > MaxLength || texts.Count >= limit)
        {
            return -1;
        }

        var hash = Hash(text);
        texts.Add((hash, text));
        if (texts.Count * 2 > slots.Length)
        {
            Grow();
        }
        else
        {
            slots[SlotOf(hash, text)] = texts.Count;
        }

        uses++;
        return texts.Count - 1;
    }

    public ReadOnlySpan<byte> ToXml()
    {
        var xml = new XmlBuffer();
        xml.Add(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\""u8)
            .Add(uses).Add("\" uniqueCount=\""u8).Add(texts.Count).Add("\">"u8);
        foreach (var (_, text) in texts)
        {
            xml.Add(ExcelText.MustKeepSpace(text) ? "<si><t xml:space=\"preserve\">"u8 : "<si><t>"u8).AddText(text).Add("</t></si>"u8);
        }

        return xml.Add("</sst>"u8).Span;
    }

    /// <summary>The slot of a text, or the empty one where it would be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SlotOf(uint hash, string text)
    {
        var all = CollectionsMarshal.AsSpan(texts);
        var table = slots;
        var slot = (int)(hash & (uint)(table.Length - 1));
        while (table[slot] != 0
            && (all[table[slot] - 1].Hash != hash || !string.Equals(all[table[slot] - 1].Text, text, StringComparison.Ordinal)))
        {
            slot = (slot + 1) & (table.Length - 1);
        }

        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private uint Hash(string text)
    {
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        var hash = seed ^ (uint)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * Factor;
            hash ^= hash >> 32;
        }

        for (; bytes.Length > 0; bytes = bytes[sizeof(char)..])
        {
            hash = (hash ^ MemoryMarshal.Read<char>(bytes)) * Factor;
            hash ^= hash >> 32;
        }

        return (uint)(hash ^ (hash >> 29));
    }

    private void Grow()
    {
        slots = new int[slots.Length * 2];
        for (var number = 0; number < texts.Count; number++)
        {
            slots[SlotOf(texts[number].Hash, texts[number].Text)] = number + 1;
        }
    }
}
