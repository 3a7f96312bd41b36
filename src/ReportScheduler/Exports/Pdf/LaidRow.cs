using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>A row broken into lines, kept while its page is drawn. Used again for a row of the next page.</summary>
internal sealed class LaidRow
{
    private const char LeftToRightMark = '\u200E';
    private const char RightToLeftMark = '\u200F';

    private readonly List<(int Start, int Length)> lines = [];
    private readonly List<int> firstLines = [];
    private readonly List<bool> numbers = [];
    private readonly List<int> colors = [];
    private char[] chars = new char[256];
    private readonly List<HighlightLook> looks = [];
    private int length;

    /// <summary>How many lines its highest cell has.</summary>
    public int Height { get; private set; }

    public void Clear()
    {
        lines.Clear();
        firstLines.Clear();
        numbers.Clear();
        colors.Clear();
        looks.Clear();
        length = 0;
        Height = 1;
    }

    /// <summary>Adds the text of the next column.</summary>
    public void Add(ReadOnlySpan<char> text, bool isNumber, FontSet fonts, float width, int color = 0)
    {
        MakeRoom(text.Length);
        text.CopyTo(chars.AsSpan(length));
        firstLines.Add(lines.Count);
        numbers.Add(isNumber);
        colors.Add(color);
        var first = lines.Count;
        LineBreaker.Break(text, fonts, width, lines);
        for (var line = first; line < lines.Count; line++)
        {
            lines[line] = (lines[line].Start + length, lines[line].Length);
        }

        length += text.Length;
        Height = Math.Max(Height, lines.Count - first);
        if (lines.Count - first > 1)
        {
            KeepDirection(first);
        }
    }

    public bool IsNumber(int column) => numbers[column];

    /// <summary>The number of the colour that its number format gives a cell; 0 for none.</summary>
    public int Color(int column) => colors[column];

    /// <summary>Of each highlighted column; empty in headers and totals.</summary>
    public IReadOnlyList<HighlightLook> Looks => looks;

    /// <summary>The first column that has a text; 0 when none has.</summary>
    public int TextPlace
    {
        get
        {
            var place = firstLines.FindIndex(line => line < lines.Count && lines[line].Length > 0);
            return Math.Max(0, place);
        }
    }

    /// <summary>The first line of that text.</summary>
    public string Text => lines.Count == 0 ? "" : Line(TextPlace, 0).ToString();

    public void Add(HighlightLook look) => looks.Add(look);

    /// <summary>A paragraph has the direction of its first letter: a line of it that begins with another script gets a mark in front that nobody sees.</summary>
    private void KeepDirection(int first)
    {
        var (end, paragraphEnd, isRightToLeft) = (length, -1, false);
        for (var line = first; line < lines.Count; line++)
        {
            var (start, count) = lines[line];
            if (start > paragraphEnd)
            {
                var paragraph = chars.AsSpan(start, end - start);
                paragraphEnd = start + (paragraph.IndexOfAny('\r', '\n') is >= 0 and var at ? at : paragraph.Length);
                isRightToLeft = BidiLevels.IsRightToLeft(chars.AsSpan(start, paragraphEnd - start));
            }

            if (BidiLevels.IsRightToLeft(chars.AsSpan(start, count)) != isRightToLeft)
            {
                MakeRoom(count + 1);
                chars[length] = isRightToLeft ? RightToLeftMark : LeftToRightMark;
                chars.AsSpan(start, count).CopyTo(chars.AsSpan(length + 1));
                lines[line] = (length, count + 1);
                length += count + 1;
            }
        }
    }

    private void MakeRoom(int more)
    {
        if (chars.Length < length + more)
        {
            Array.Resize(ref chars, Math.Max(length + more, chars.Length * 2));
        }
    }

    /// <summary>A line of a cell; empty below its last one.</summary>
    public ReadOnlySpan<char> Line(int column, int line)
    {
        var index = firstLines[column] + line;
        var end = column + 1 < firstLines.Count ? firstLines[column + 1] : lines.Count;
        return index < end ? chars.AsSpan(lines[index].Start, lines[index].Length) : default;
    }
}
