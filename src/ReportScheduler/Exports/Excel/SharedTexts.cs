using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.Excel;

/// <summary>The short texts that come again and again, kept once for the workbook.
/// Others stand in their cells, so that this stays small.</summary>
/// <param name="limit">How many texts are kept; 0 for none.</param>
internal sealed class SharedTexts(int limit = SharedTexts.Limit)
{
    public const int Limit = 1 << 16;
    private const int MaxLength = 48;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];
    private long uses;

    public int Count => texts.Count;

    /// <returns>The text's number, or -1 when it stands in its cell.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(string text)
    {
        if (text.Length > MaxLength)
        {
            return -1;
        }
        if (!numbers.TryGetValue(text, out var number))
        {
            if (texts.Count >= limit)
            {
                return -1;
            }
            numbers.Add(text, number = texts.Count);
            texts.Add(text);
        }
        uses++;
        return number;
    }

    public ReadOnlySpan<byte> ToXml()
    {
        var xml = new XmlBuffer();
        xml.Add(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\""u8)
            .Add(uses).Add("\" uniqueCount=\""u8).Add(texts.Count).Add("\">"u8);
        foreach (var text in texts)
        {
            xml.Add(ExcelText.MustKeepSpace(text) ? "<si><t xml:space=\"preserve\">"u8 : "<si><t>"u8).AddText(text).Add("</t></si>"u8);
        }
        return xml.Add("</sst>"u8).Span;
    }
}
